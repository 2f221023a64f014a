from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from vouchsafe.asks import access
from vouchsafe.asks.actions.read_document import read_document
from vouchsafe.doors.web.writer.proof import visit_of


@require_safe
def show_document(request: HttpRequest, key: str, document_key: str) -> HttpResponse:
    """A résumé or posting that the applicant put on the request."""
    visit = visit_of(request, key)
    document = access.document(visit.request, document_key)
    response = HttpResponse(read_document(visit=visit, document=document), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{document.kind}.pdf"'
    return response
