"""An inert stand-in for `import tensorflow`, so that rasa runs where TensorFlow is left out.

rasa's modules name TensorFlow when they are read, though none of our components uses it. Setup lets Python install
this stand-in at every start of `.venv-rasa`, so it imports nothing heavy and does nothing until rasa asks:

- it stands last among the finders: where TensorFlow is installed, Python finds that and never asks here;
- it answers rasa's own modules only; spaCy, thinc and everyone else learn the truth, that there is no TensorFlow;
- what it hands out may be read, subclassed and used as a decorator; using it for real raises `TensorFlowLeftOut`;
- training with a component that needs TensorFlow (DIETClassifier, TEDPolicy and their kin) is refused by its name.
"""

import os
import sys
from importlib.machinery import ModuleSpec
from types import ModuleType

STOOD_IN_FOR = ("tensorflow", "keras")
IMPORT_MACHINERY = ("importlib", "_frozen_importlib")
IS_FUNCTION_BODY = 0x0001  # inspect.CO_OPTIMIZED: set for functions, not for the bodies of modules and classes


LEFT_OUT = (
    "tensorflow (this environment leaves it out: take the component out of config, "
    "or install requirements/rasa-full, see docs/decisions)"
)


class TensorFlowLeftOut(RuntimeError):
    """TensorFlow was needed, and this environment leaves it out."""

    def __init__(self) -> None:
        super().__init__(f"a component of the model needs {LEFT_OUT}")


def install() -> None:
    """Stand in for TensorFlow from now on, and keep rasa from reporting its use to its makers."""
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    if not any(isinstance(finder, StandInFinder) for finder in sys.meta_path):
        sys.meta_path.append(StandInFinder())


class StandInFinder:
    """Finds an inert module for `tensorflow` and `keras` when one of rasa's own modules asks."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> "ModuleSpec | None":
        """Return where to find the module, or None where this is not for the stand-in to answer."""
        if name.partition(".")[0] in STOOD_IN_FOR and _importer().partition(".")[0] == "rasa":
            return ModuleSpec(name, self, is_package=True)  # type: ignore[arg-type]
        return None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Return the inert module."""
        return InertModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Leave the inert module as it is."""


class InertModule(ModuleType):
    """A module in which every name exists."""

    def __getattr__(self, name: str) -> "Inert":
        if name.startswith("__"):
            raise AttributeError(name)
        return Inert()


class Inert:
    """Whatever rasa's modules name of TensorFlow while they are being read."""

    def __call__(self, *args: object, **kwargs: object) -> object:
        if sys._getframe(1).f_code.co_flags & IS_FUNCTION_BODY:
            raise TensorFlowLeftOut
        return args[0] if args and callable(args[0]) else self

    def __getattr__(self, name: str) -> "Inert":
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __getitem__(self, key: object) -> "Inert":
        return self

    def __or__(self, other: object) -> "Inert":
        return self

    __ror__ = __or__

    def __mro_entries__(self, bases: "tuple[object, ...]") -> "tuple[type, ...]":
        return (NeedsTensorFlow,)


class NeedsTensorFlow:
    """The base of rasa's model classes: they may be defined, never made."""

    def __init_subclass__(cls) -> None:
        """Let rasa refuse, by name and before it trains, the components that stand beside the model in its module."""
        for component in vars(sys.modules[cls.__module__]).values():
            if hasattr(component, "required_packages") and component.__module__ == cls.__module__:
                component.required_packages = staticmethod(_left_out)

    def __new__(cls, *args: object, **kwargs: object) -> "NeedsTensorFlow":
        """Refuse: a component has come to real work with TensorFlow."""
        raise TensorFlowLeftOut


def _left_out() -> "list[str]":
    return [LEFT_OUT]


def _importer() -> str:
    frame = sys._getframe(1)
    while frame.f_globals.get("__name__", "").startswith((*IMPORT_MACHINERY, __name__)) and frame.f_back:
        frame = frame.f_back
    return str(frame.f_globals.get("__name__", ""))
