"""What is kept of a browser and its address: enough for its owner to know it again."""

from ipaddress import IPv4Address, ip_address

from bot.service.desk_records import Device

FAMILIES = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
"""Signs of a browser, the first found counts: most say that they are Chrome and Safari too."""
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def device_of(agent: str, address: str) -> Device:
    """The browser's family and system, and the network it came from; empty where they are not known."""
    names = (_first(agent, FAMILIES), _first(agent, SYSTEMS))
    return Device(", ".join(name for name in names if name), network_of(address))


def network_of(address: str) -> str:
    """The first half of an IPv4 address, the first two groups of an IPv6 address."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, IPv4Address):
        return ".".join((*address.split(".")[:2], "x", "x"))
    return ":".join((*parsed.exploded.split(":")[:2], "x"))


def _first(agent: str, signs: tuple[tuple[str, str], ...]) -> str:
    return next((name for sign, name in signs if sign in agent), "")
