"""What happens to a file on its way in: it stays in memory, and one that is too big is counted but not kept.

No upload ever lies in a temporary folder: it may hold what must not be kept (docs/decisions.md).
"""

from io import BytesIO

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

MOST_KEPT = 6_000_000


class InMemoryOnly(FileUploadHandler):
    """A file of at most ``MOST_KEPT`` bytes; a bigger one arrives empty, with its true size for the sentence."""

    def new_file(self, *args, **kwargs) -> None:
        super().new_file(*args, **kwargs)
        self.kept, self.held = BytesIO(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.held += len(raw_data)
        if self.held <= MOST_KEPT:
            self.kept.write(raw_data)
        else:
            self.kept = BytesIO()

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.kept.seek(0)
        return InMemoryUploadedFile(
            file=self.kept,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
