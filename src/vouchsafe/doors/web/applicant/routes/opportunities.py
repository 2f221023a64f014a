"""Addresses of opportunities and what hangs on them."""

from django.urls import path

from vouchsafe.doors.web.applicant.views import (
    opportunities,
    opportunities_new,
    opportunities_parts,
    opportunities_rules,
    opportunities_steps,
)

urlpatterns = [
    path("opportunities/", opportunities.show_opportunities, name="opportunities"),
    path("opportunities/new/", opportunities_new.create_opportunity_from_source, name="new_opportunity"),
    path("opportunities/new/choice/", opportunities_new.choose_opportunity, name="choose_opportunity"),
    path(
        "opportunities/new/steps/",
        opportunities_steps.create_opportunity_by_steps,
        name="opportunity_steps_new",
    ),
    path("opportunities/new/form/", opportunities_new.create_opportunity, name="opportunity_form"),
    path("opportunities/<str:key>/", opportunities.show_opportunity, name="opportunity"),
    path("opportunities/<str:key>/edit/", opportunities.edit_opportunity, name="edit_opportunity"),
    path("opportunities/<str:key>/removal/", opportunities.remove_opportunity, name="remove_opportunity"),
    path("opportunities/<str:key>/restoral/", opportunities.restore_opportunity, name="restore_opportunity"),
    path("opportunities/<str:key>/steps/", opportunities_parts.edit_step, name="opportunity_steps"),
    path(
        "opportunities/<str:key>/destinations/",
        opportunities_parts.create_destination,
        name="new_destination",
    ),
    path(
        "opportunities/<str:key>/phone-references/",
        opportunities_parts.edit_phone_reference,
        name="phone_references",
    ),
    path("opportunities/<str:key>/unreachable/", opportunities_parts.create_unreachable, name="unreachable"),
    path("destinations/<str:key>/rules/", opportunities_rules.edit_rules, name="destination_rules"),
    path(
        "destinations/<str:key>/removal/", opportunities_parts.remove_destination, name="remove_destination"
    ),
    path(
        "destinations/<str:key>/restoral/",
        opportunities_parts.restore_destination,
        name="restore_destination",
    ),
]
