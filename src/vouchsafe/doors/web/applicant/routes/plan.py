"""Addresses of the plan."""

from django.urls import path

from vouchsafe.doors.web.applicant.views import plan

urlpatterns = [
    path("plan/", plan.show_plan, name="plan"),
    path("plan/drawing/", plan.create_plan, name="new_plan"),
    path("plan/wishes/", plan.edit_wish, name="plan_wish"),
    path("plan/chances/", plan.edit_chance, name="plan_chance"),
    path("plan/asked/", plan.create_asked, name="plan_asked"),
    path("plan/asked/<str:key>/undo/", plan.remove_asked, name="undo_plan_asked"),
    path("plan/asking-anyway/", plan.create_asking_anyway, name="asking_anyway"),
]
