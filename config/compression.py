"""Pages go compressed, with or without a proxy in front: My year is 80 kB of HTML and 10 kB on the wire."""

from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware

# Everything else (workbooks, archives, pictures, fonts) is compressed in itself. Feeds are answered further out.
TEXTS = ("text/", "application/json", "application/problem+json", "application/manifest+json", "application/javascript")


class CompressTexts(GZipMiddleware):
    """Gzip of texts above 200 bytes for whoever accepts it, padded with up to 100 random bytes against BREACH.

    The attack guesses a secret from the length of pages that repeat the guess. Besides the padding, the form token is
    masked anew in each page, and cookies of SameSite=Lax do not come with what another site loads in the background.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if not response.get("Content-Type", "").startswith(TEXTS):
            return response
        return super().process_response(request, response)
