import pytest

from qualkit.language.tongue import named, tongue

TEXTS = {
    "en": "Well I was in the garden and then it began, and I could not get up from the chair, so my wife had to ring "
    "for the doctor and he said that it was the nerve that was to blame for all of this and what we would do.",
    "de": "Ich habe das am Anfang nicht gemerkt, aber dann ist es immer schlimmer geworden, und meine Frau hat "
    "gesagt, dass ich zum Arzt gehen soll, weil sie es nicht mehr mit ansehen kann und weil es so nicht weiter geht.",
    "fr": "Au début je ne me suis pas rendu compte de ce qui passait, mais après c'est devenu de plus en plus dur et "
    "ma femme m'a dit que je devais aller voir le médecin parce que cela ne pouvait pas continuer comme ça pour nous.",
}


@pytest.mark.parametrize("spoken", TEXTS)
@pytest.mark.parametrize("expected", TEXTS)
def test_a_text_in_another_language_is_noticed(spoken, expected):
    assert tongue(TEXTS[spoken], expected) == spoken


def test_of_little_text_nothing_is_said():
    assert tongue("Ja, das war so.", "en") == "en"
    assert tongue("", "en") == "en"


def test_lists_of_names_are_in_no_other_language():
    assert tongue("Aberdeen Huntly Elgin Peterhead Fraserburgh " * 20, "en") in ("en", "")


def test_languages_have_names():
    assert (named("de"), named("")) == ("German", "a language that qualkit does not know")


def test_real_transcripts_are_in_english(data):
    import json

    for file in sorted((data / "index").glob("*.json")):
        text = "\n".join(turn["text"] for turn in json.loads(file.read_text("utf-8"))["turns"])
        assert tongue(text, "en") == "en", file.name
