"""A relay on loopback that counts every octet which the server sends: headers, pages, files, service worker, all."""

import socket
import threading
from contextlib import suppress


class Relay:
    """Between a browser and the server on ``port``; ``received`` counts what has come from the server so far."""

    def __init__(self, port: int) -> None:
        self.target, self.received, self._lock = port, 0, threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):  # closed: nobody comes any more
            while True:
                browser, _address = self._listener.accept()
                server = socket.create_connection(("127.0.0.1", self.target))
                for source, sink, counted in ((browser, server, False), (server, browser, True)):
                    threading.Thread(target=self._pass_on, args=(source, sink, counted), daemon=True).start()

    def _pass_on(self, source: socket.socket, sink: socket.socket, counted: bool) -> None:
        with suppress(OSError):
            while octets := source.recv(65536):
                if counted:
                    with self._lock:
                        self.received += len(octets)
                sink.sendall(octets)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
