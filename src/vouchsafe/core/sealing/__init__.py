"""What a seal is: canonical bytes, digest, manifest, number, words, picture, verdict."""

from typing import TYPE_CHECKING

from vouchsafe.core.late_names import late_names
from vouchsafe.core.sealing.letter_number import LetterNumberUnreadable, letter_number, parse_letter_number
from vouchsafe.core.sealing.seal_words import seal_words, word_list

if TYPE_CHECKING:
    from vouchsafe.core.sealing.holding import COPIES, Holding, evidence_of
    from vouchsafe.core.sealing.letter import (
        Block,
        Foot,
        LetterPage,
        ListBlock,
        Paper,
        Paragraph,
        Run,
        Signature,
        UploadedPages,
    )
    from vouchsafe.core.sealing.marks import blocks_from_marks, marks_from_blocks
    from vouchsafe.core.sealing.seal_picture import mini_seal_svg, rosette, seal_svg
    from vouchsafe.core.sealing.stages import (
        Draft,
        LetterEmpty,
        LetterUnsigned,
        Sealable,
        Sealed,
        canonical,
        is_sound,
        make_sealable,
        read_sealed,
        seal,
    )
    from vouchsafe.core.sealing.verdict import (
        Addition,
        Answer,
        Evidence,
        Known,
        Outcome,
        SenderProof,
        SignatureState,
        Standing,
        Verdict,
        judge,
    )

__all__ = [
    "COPIES",
    "Addition",
    "Answer",
    "Block",
    "Draft",
    "Evidence",
    "Foot",
    "Holding",
    "Known",
    "LetterEmpty",
    "LetterNumberUnreadable",
    "LetterPage",
    "LetterUnsigned",
    "ListBlock",
    "Outcome",
    "Paper",
    "Paragraph",
    "Run",
    "Sealable",
    "Sealed",
    "SenderProof",
    "Signature",
    "SignatureState",
    "Standing",
    "UploadedPages",
    "Verdict",
    "blocks_from_marks",
    "canonical",
    "evidence_of",
    "is_sound",
    "judge",
    "letter_number",
    "make_sealable",
    "marks_from_blocks",
    "mini_seal_svg",
    "parse_letter_number",
    "read_sealed",
    "rosette",
    "seal",
    "seal_svg",
    "seal_words",
    "word_list",
]

__getattr__ = late_names(
    __name__,
    {
        "holding": "COPIES Holding evidence_of",
        "letter": "Block Foot LetterPage ListBlock Paper Paragraph Run Signature UploadedPages",
        "marks": "blocks_from_marks marks_from_blocks",
        "seal_picture": "mini_seal_svg rosette seal_svg",
        "stages": "Draft LetterEmpty LetterUnsigned Sealable Sealed canonical is_sound make_sealable read_sealed seal",
        "verdict": "Addition Answer Evidence Known Outcome SenderProof SignatureState Standing Verdict judge",
    },
)
