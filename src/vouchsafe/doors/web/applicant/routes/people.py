from django.urls import path

from vouchsafe.doors.web.applicant.views import imports, people, ratings

urlpatterns = [
    path("people/", people.show_people, name="people"),
    path("people/new/", people.create_person, name="new_person"),
    path("people/sort/", ratings.edit_ratings, name="ratings"),
    path("people/import/", imports.create_import, name="new_import"),
    path("people/import/undo/", imports.remove_imported, name="undo_import"),
    path("people/import/<str:key>/", imports.show_import, name="import"),
    path("people/import/<str:key>/columns/", imports.edit_columns, name="import_columns"),
    path("people/import/<str:key>/keep/", imports.keep_import, name="keep_import"),
    path("people/import/<str:key>/drop/", imports.remove_import, name="drop_import"),
    path("people/<str:key>/", people.show_person, name="person"),
    path("people/<str:key>/edit/", people.edit_person, name="edit_person"),
    path("people/<str:key>/remove/", people.remove_person, name="remove_person"),
    path("people/<str:key>/restore/", people.restore_person, name="restore_person"),
    path("people/<str:key>/reach/", people.edit_reach, name="person_reach"),
    path("people/<str:key>/choose/", people.choose_person, name="choose_person"),
]
