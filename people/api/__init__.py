"""The JSON side of people (version 1), and the door through which every room of the API is entered."""

from ninja import Router

from . import account, exports, imports, keys, my_data

router = Router()
router.add_router("", account.router)
router.add_router("", keys.router)
router.add_router("", my_data.router)
router.add_router("", exports.router)
router.add_router("", imports.router)
