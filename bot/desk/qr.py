"""QR codes as SVG images of their own, dark on white in light and dark pages alike."""

from io import BytesIO

import segno
from starlette.responses import Response


def qr_image(text: str) -> Response:
    """The image that an authenticator app reads."""
    image = BytesIO()
    segno.make(text, error="m", micro=False).save(
        image, kind="svg", scale=5, border=4, dark="#000", light="#fff", xmldecl=False
    )
    return Response(image.getvalue(), media_type="image/svg+xml")
