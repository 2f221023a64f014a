from io import BytesIO

import pikepdf

from vouchsafe.adapters.pdf.fake import PLAIN_PDF, inspected
from vouchsafe.adapters.pdf.inspection import Taken, inspect_upload


def test_fake_pdf_is_a_real_one_that_inspection_accepts():
    with pikepdf.open(BytesIO(PLAIN_PDF), attempt_recovery=False) as pdf:
        assert len(pdf.pages) == 1
    real, fake = inspect_upload(PLAIN_PDF), inspected()
    assert (
        (real.verdict, real.kind, real.pages)
        == (fake.verdict, fake.kind, fake.pages)
        == (Taken.ACCEPTED, "pdf", 1)
    )
