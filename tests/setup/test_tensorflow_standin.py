"""In `.venv-rasa`, rasa runs without TensorFlow, nobody else is deceived, and a component that needs it is refused."""

import shutil
import subprocess
from pathlib import Path

import pytest

PYTHON = Path(".venv-rasa/bin/python").absolute()
NEED_TENSORFLOW = {
    "rasa.nlu.classifiers.diet_classifier": "DIETClassifier",
    "rasa.nlu.selectors.response_selector": "ResponseSelector",
    "rasa.core.policies.ted_policy": "TEDPolicy",
    "rasa.core.policies.unexpected_intent_policy": "UnexpecTEDIntentPolicy",
    "rasa.nlu.featurizers.dense_featurizer.lm_featurizer": "LanguageModelFeaturizer",
    "rasa.nlu.featurizers.dense_featurizer.convert_featurizer": "ConveRTFeaturizer",
}
CONFIG = """
recipe: default.v1
assistant_id: small
language: en
pipeline: [{name: WhitespaceTokenizer}, {name: CountVectorsFeaturizer}, {name: DIETClassifier}]
policies: [{name: RulePolicy}]
"""
NLU = """
nlu:
  - {intent: greet, examples: "- hello\\n- good morning\\n"}
  - {intent: goodbye, examples: "- bye\\n- see you later\\n"}
"""


def said(code: str, **environ: str) -> str:
    """What a Python of `.venv-rasa` prints for this code."""
    done = subprocess.run(
        [PYTHON, "-W", "ignore", "-c", code], env=environ, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_starting_python_loads_next_to_nothing_of_ours():
    code = (
        "import sys; print(sorted(m for m in sys.modules if m.partition('.')[0] in ('bot', 'rasa', 'spacy', 'thinc')))"
    )
    assert said(code) == "['bot', 'bot.rasa_host', 'bot.rasa_host.tensorflow_standin']"


def test_rasa_is_told_not_to_report_its_use():
    assert said("import os; print(os.environ['RASA_TELEMETRY_ENABLED'])") == "false"


def test_a_person_may_still_allow_reports():
    assert said("import os; print(os.environ['RASA_TELEMETRY_ENABLED'])", RASA_TELEMETRY_ENABLED="true") == "true"


def test_whoever_is_not_rasa_learns_that_there_is_no_tensorflow():
    assert said("import importlib.util; print(importlib.util.find_spec('tensorflow'))") == "None"


def test_a_real_tensorflow_is_left_alone(tmp_path):
    (tmp_path / "tensorflow").mkdir()
    (tmp_path / "tensorflow" / "__init__.py").write_text("REAL = True\n")
    code = "exec('import tensorflow; print(tensorflow.REAL)', {'__name__': 'rasa.utils.somewhere'})"
    assert said(code, PYTHONPATH=str(tmp_path)) == "True"


def test_spacy_is_not_deceived_even_after_rasa_was_loaded():
    code = """
import sys, rasa.core.agent, thinc.compat
print('tensorflow' in sys.modules, thinc.compat.has_tensorflow)
"""
    assert said(code) == "True False"


def test_every_component_that_needs_tensorflow_says_so_to_rasa():
    code = f"""
import importlib, rasa.utils.common
for module, name in {NEED_TENSORFLOW}.items():
    component = getattr(importlib.import_module(module), name)
    print(name, bool(rasa.utils.common.find_unavailable_packages(component.required_packages())))
"""
    assert said(code).splitlines() == [f"{name} True" for name in NEED_TENSORFLOW.values()]


def test_using_tensorflow_for_real_raises():
    code = """
from rasa.utils.tensorflow.models import RasaModel
import rasa.utils.tensorflow.layers as layers
for use in (RasaModel, lambda: layers.tf.constant(1)):
    try:
        use()
    except RuntimeError as error:
        print(type(error).__name__, "rasa-full" in str(error))
"""
    assert said(code).splitlines() == ["TensorFlowLeftOut True"] * 2


def test_training_with_such_a_component_fails_and_names_it(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "config.yml").write_text(CONFIG)
    (tmp_path / "domain.yml").write_text("intents: [greet, goodbye]\n")
    (tmp_path / "data" / "nlu.yml").write_text(NLU)
    done = subprocess.run(
        [PYTHON, "-W", "ignore", "-m", "rasa", "train", "nlu", "--quiet"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode != 0
    last = done.stderr.strip().splitlines()[-1]
    assert "Component 'DIETClassifier' requires" in last
    assert "this environment leaves it out" in last
    assert not (tmp_path / "models").exists()


@pytest.fixture(autouse=True, scope="module")
def _rasa_environment():
    if not shutil.which(str(PYTHON)):
        pytest.skip("make setup has not built .venv-rasa")
