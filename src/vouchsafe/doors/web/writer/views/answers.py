from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from vouchsafe.doors.web.writer.acts import answer_from
from vouchsafe.doors.web.writer.proof import refuse_applicant, visit_of


@require_POST
def create_answer(request: HttpRequest, key: str) -> HttpResponse:
    visit = visit_of(request, key)
    refuse_applicant(request, visit)
    return answer_from(request, visit)
