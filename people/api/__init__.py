"""The JSON side of people (version 1), and the door through which every room of the API is entered."""

from ninja import Router

router = Router()
