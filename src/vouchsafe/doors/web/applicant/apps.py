from django.apps import AppConfig


class ApplicantConfig(AppConfig):
    name = "vouchsafe.doors.web.applicant"
    label = "web_applicant"
