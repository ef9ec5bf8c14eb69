"""The result as a document: for its patient over the API, and for whoever has the link as a page, a PDF and text."""

import asyncio
from typing import Any, Literal

from fastapi import APIRouter, Depends, Request
from fastapi.templating import Jinja2Templates
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.clinical.document import Document
from bot.errors import StorageError
from bot.service.links import DAYS
from bot.web.bodies import described_body, read_body
from bot.web.chat import BEARER, Session
from bot.web.limits import admit_mail, admit_paper, admit_request
from bot.web.pages import context
from bot.web.paper import as_json, as_text
from bot.web.paper_pdf import as_pdf
from bot.web.parts import Summaries, parts_of
from bot.web.problems import Refused, described
from bot.web.shapes import NewMail, Queued, SummaryLink, SummaryShape

router = APIRouter(prefix="/api/chat/summary", tags=["summary"], dependencies=[Depends(admit_request)])
shared = APIRouter(prefix="/summary", include_in_schema=False, dependencies=[Depends(admit_request)])
FILE = "symptom-summary"
NO_MAIL = "The clinic sends no mail; make a link, or save the PDF."
FORMS: dict[int | str, dict[str, Any]] = {200: {"content": {"text/plain": {}, "application/pdf": {}}}}


def _summaries(request: Request) -> Summaries:
    summaries = parts_of(request).summaries
    if summaries is None:
        raise Refused(404, "This server keeps no summaries.")
    return summaries


@router.get(
    "",
    response_model=SummaryShape,
    responses={**FORMS, **described(401, 404, 409, 422, 429, 503)},
    openapi_extra=BEARER,
)
async def show_summary(
    request: Request, session_id: Session, format: Literal["json", "text", "pdf"] = "json"
) -> Response:
    """The result as JSON, as plain text or as a PDF; 409 before there is one."""
    document = await _summaries(request).read(session_id)
    return JSONResponse(as_json(document)) if format == "json" else await _file(request, document, format)


@router.post(
    "/link",
    status_code=201,
    response_model=SummaryLink,
    responses=described(401, 404, 409, 429, 503),
    openapi_extra=BEARER,
)
async def make_link(request: Request, session_id: Session) -> Response:
    """The address of a page that shows the result, without a token, for a week."""
    url = await _summaries(request).link(session_id)
    return JSONResponse({"url": url, "days": DAYS}, 201)


@router.post(
    "/mail",
    status_code=202,
    response_model=Queued,
    responses=described(400, 401, 404, 409, 413, 422, 429, 503),
    openapi_extra={**described_body(NewMail), **BEARER},
)
async def send_mail(request: Request, session_id: Session) -> Response:
    """A mail with the link, and no word of what the patient said, goes to this address."""
    summaries = _summaries(request)
    wanted = await read_body(request, NewMail)
    if not summaries.sends_mail:
        raise Refused(503, NO_MAIL)
    admit_mail(request, session_id)
    await summaries.send(session_id, to=wanted.to)
    return JSONResponse({"queued": True}, 202)


@shared.get("/{token}.pdf")
async def shared_pdf(request: Request, token: str) -> Response:
    """The result behind a link as a PDF."""
    return await _shared(request, token, "pdf")


@shared.get("/{token}.txt")
async def shared_text(request: Request, token: str) -> Response:
    """The result behind a link as plain text."""
    return await _shared(request, token, "text")


@shared.get("/{token}")
async def shared_page(request: Request, token: str) -> Response:
    """The result behind a link as a page to print or to show."""
    return await _shared(request, token, "page")


async def _shared(request: Request, token: str, form: str) -> Response:
    """What the link shows; a page that says what to do when it shows nothing, or the store does not answer."""
    try:
        document = await _summaries(request).shared(token)
    except StorageError:
        return _unindexed(_page(request, "summary_gone.html", 503, waits=True))
    if document is None:
        return _unindexed(_page(request, "summary_gone.html", 404, waits=False))
    if form == "page":
        return _unindexed(_page(request, "summary.html", document=document, token=token))
    return _unindexed(await _file(request, document, form))


async def _file(request: Request, document: Document, form: str) -> Response:
    if form == "text":
        return PlainTextResponse(as_text(document))
    admit_paper(request)
    language = parts_of(request).settings.language
    content = await asyncio.to_thread(as_pdf, document, language=language)
    attached = {"Content-Disposition": f'attachment; filename="{FILE}.pdf"'}
    return Response(content, media_type="application/pdf", headers=attached)


def _page(request: Request, name: str, status: int = 200, **shown: Any) -> Response:
    templates: Jinja2Templates = request.app.state.templates
    return templates.TemplateResponse(request, name, {**context(request), "days": DAYS, **shown}, status)


def _unindexed(answer: Response) -> Response:
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.headers["Cache-Control"] = "no-store"
    return answer
