"""The method page's HTML: the numbers it shows are those computed."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from territoires.analysis.precision import Interval
from territoires.analysis.significance import Difference, Flag
from territoires.domain.directory import Directory
from territoires.domain.selection import Dataset
from territoires.render import method, method_examples, method_scales
from territoires.render.palettes import DIFFERENCE_COLOURS
from territoires.settings import MINIMUM_RESPONDENTS
from territoires.tables.published import Published
from territoires.views.french import count, format_number
from territoires.views.map_view import DIFFERENCE_FLAGS, DIFFERENCE_LABELS, STATE_LABELS, State
from territoires.views.method import Divergence, MethodView, build_method_view
from tests.render.pieces import HOSTILE, JAVASCRIPT, cells, check_harmless, read, rows, tags


@pytest.fixture(scope="module")
def view(published: Published, directory: Directory) -> MethodView:
    return build_method_view(published, directory)


def page(view: MethodView) -> str:
    return method.introduction() + "".join(method.sections(view))


def section(view: MethodView, anchor: str) -> str:
    (found,) = [part for part in method.sections(view) if f'id="{anchor}"' in part]
    return found


def plain(html: str) -> str:
    return read(html).text.replace("\u00a0", " ")


def numbers(text: str) -> list[float]:
    """Read the numbers of a French text."""
    text = re.sub(r"(?<=\d)[\s\u202f](?=\d{3}\b)", "", text)
    return [float(found.replace(",", ".")) for found in re.findall(r"\d+(?:,\d+)?", text)]


def test_the_table_of_contents_leads_to_every_part_in_order(view: MethodView) -> None:
    targets = [link["href"] for link in tags(method.introduction(), "a")]
    titles = [title["id"] for part in method.sections(view) for title in tags(part, "h2")]
    assert targets == [f"#{anchor}" for anchor in titles]
    assert len(set(targets)) == len(targets)


def test_every_example_says_that_it_is_invented(view: MethodView) -> None:
    parts = method.sections(view)
    for anchor in ("intervalle", "difference", "evolution", "ordre", "secret"):
        assert method_examples.EXAMPLE in plain(section(view, anchor))
    assert "exemple inventé" in plain(section(view, "classes"))
    framed = sum(part.count('class="exemple"') for part in parts)
    assert framed == sum(part.count(method_examples.EXAMPLE) for part in parts)


def test_texts_are_harmless_and_hold_no_drawing_that_would_be_stripped(view: MethodView) -> None:
    check_harmless(page(view))


@pytest.mark.parametrize("text", [HOSTILE, JAVASCRIPT])
def test_published_readings_are_only_text(view: MethodView, text: str) -> None:
    body = section(replace(view, divergence=Divergence(text, text, text)), "lectures")
    check_harmless(body)
    assert read(body).text.count(text) == 3


def test_thresholds_and_samples_of_the_grades_are_those_of_the_view(view: MethodView) -> None:
    table = method_scales.grade_table(view)
    *lines, _ = cells(table)
    assert [line[0] for line in lines] == [str(line.precision) for line in view.grades]
    for line, shown in zip(view.grades, lines, strict=True):
        limit = line.up_to if line.up_to is not None else line.above
        assert numbers(shown[1]) == ([] if limit is None else [limit])
        if line.smallest_sample is not None:
            bounds = [line.smallest_sample, line.largest_sample]
            assert numbers(shown[2]) == [bound for bound in bounds if bound is not None]
    assert lines[0][2].endswith(" et plus")
    assert all(line[2].startswith("de ") for line in lines[1:4])
    assert numbers(lines[4][2]) == [MINIMUM_RESPONDENTS]
    assert all(len(line) == 5 for line in lines)


def test_every_texture_of_the_map_is_explained_in_the_table_of_grades(view: MethodView) -> None:
    table = method_scales.grade_table(view)
    textures = {str(tag["class"]).removeprefix("trame-") for tag in tags(table, "i")}
    assert textures == {
        state.value for state in State if state not in (State.CLASSE, State.SYMBOLE)
    }
    last = cells(table)[-1]
    assert last[0] == STATE_LABELS[State.MANQUANT].lower()


def test_the_colours_of_differences_are_those_of_the_map_from_the_highest(view: MethodView) -> None:
    shown = method_examples.difference_list()
    fills = [str(tag["style"]).removeprefix("background:") for tag in tags(shown, "i")]
    assert fills == list(reversed(DIFFERENCE_COLOURS))
    lines = [read(item).text for item in shown.split("<li>")[1:]]
    assert lines == [DIFFERENCE_LABELS[flag] for flag in reversed(DIFFERENCE_FLAGS)]
    assert shown in section(view, "difference")


def test_a_threshold_with_a_half_point_keeps_it(view: MethodView) -> None:
    first = replace(view.grades[0], up_to=2.5)
    table = method_scales.grade_table(replace(view, grades=(first, *view.grades[1:])))
    assert cells(table)[0][1] == "jusqu’à 2,5 points"


def test_intervals_are_written_and_drawn_alike(view: MethodView) -> None:
    body = section(view, "intervalle")
    text = plain(body)
    drawn = [
        [float(part) for part in re.findall(r"[\d.]+(?=%)", str(tag["style"]))]
        for tag in tags(body, "i")
    ]
    assert len(drawn) == len(view.shares)
    for example, (left, width) in zip(view.shares, drawn, strict=True):
        low, high = example.interval.low, example.interval.high
        assert f"de {low:.0f} à {high:.0f} %" in text
        assert left == pytest.approx(low, abs=0.06)
        assert left + width == pytest.approx(high, abs=0.11)
        assert 0 <= left <= left + width <= 100.1


def test_another_interval_gives_another_page(view: MethodView) -> None:
    other = replace(view.shares[1], interval=Interval(11.2, 99.4))
    body = section(replace(view, shares=(view.shares[0], other, *view.shares[2:])), "intervalle")
    assert plain(body).count("de 11 à 99 %") == 2


def test_tests_show_their_chance_their_levels_and_both_conclusions(view: MethodView) -> None:
    body = section(view, "difference")
    lines = cells(body)
    assert len(lines) == rows(body) == len(view.differences)
    for example, shown in zip(view.differences, lines, strict=True):
        assert [numbers(cell) for cell in shown[:3]] == [
            [example.respondents],
            [example.reference],
            [example.share],
        ]
        chance = 100 * (example.alone.p_value or 0)
        assert numbers(shown[3])[0] == pytest.approx(max(chance, 0.01), abs=0.05)
    assert lines[0][4:] == ["plus bas que la France", "pas de différence établie"]
    assert lines[1][5] == "plus bas que la France"
    correction = view.correction
    text = plain(body)
    for value in (correction.false_alert, correction.corrected_false_alert):
        assert any(abs(100 * value - found) < 0.51 for found in numbers(text))
    assert f"moins de {format_number(100 * correction.corrected_level, 2)} %" in text
    assert f"Une carte de {correction.comparisons} régions" in text
    assert "ne veut pas dire « pareil »" in text


@pytest.mark.parametrize(
    ("probability", "text"),
    [
        (0.00009, "moins de 0,01 %"),
        (0.0001, "0,01 %"),
        (0.0028, "0,28 %"),
        (0.0398, "4,0 %"),
        (1.0, "100,0 %"),
        (None, "non calculé"),
    ],
)
def test_a_small_chance_keeps_the_decimals_it_needs(probability: float | None, text: str) -> None:
    assert method_examples.format_chance(probability).replace("\u00a0", " ") == text


@pytest.mark.parametrize(
    ("probability", "text"),
    [
        (0.0398, "4 fois sur 100"),
        (0.5, "50 fois sur 100"),
        (0.01, "1 fois sur 100"),
        (0.0028, "28 fois sur 10 000"),
        (0.00009, "moins d’une fois sur 10 000"),
        (0.0, "moins d’une fois sur 10 000"),
    ],
)
def test_a_chance_is_told_in_times(probability: float, text: str) -> None:
    assert re.sub(r"[\s\u202f]", " ", method_examples.format_times(probability)) == text


def test_the_chances_of_the_table_are_told_in_a_sentence(view: MethodView) -> None:
    text = plain(section(view, "difference"))
    small, large = view.differences
    assert small.alone.p_value is not None
    times = round(100 * small.alone.p_value)
    assert f"arriverait {times} fois sur 100 avec {small.respondents} réponses" in text
    assert f"avec {large.respondents} réponses." in text


def test_no_sentence_is_told_of_chances_that_are_unknown(view: MethodView) -> None:
    unknown = Difference(Flag.INCONNU, None)
    example = replace(view.differences[0], alone=unknown, corrected=unknown)
    body = section(replace(view, differences=(example,)), "difference")
    assert method_examples.chance_text((example,)) == ""
    assert "arriverait" not in plain(body)
    assert "Par hasard." not in plain(body)


def test_nothing_is_concluded_without_a_sample(view: MethodView) -> None:
    unknown = Difference(Flag.INCONNU, None)
    example = replace(view.changes[0], alone=unknown, corrected=unknown)
    (shown,) = cells(section(replace(view, changes=(example,)), "evolution"))
    assert shown[3:] == ["non calculé", "effectif non communiqué", "effectif non communiqué"]


def test_changes_and_what_the_catalogue_allows_are_shown(view: MethodView) -> None:
    body = section(view, "evolution")
    lines = cells(body)
    for example, shown in zip(view.changes, lines, strict=True):
        assert [numbers(cell) for cell in shown[:3]] == [
            [example.respondents],
            [example.reference],
            [example.share],
        ]
    assert [line[5] for line in lines] == ["pas d’évolution établie", "hausse"]
    last = numbers(plain(body))[-3:]
    counts = view.catalogue
    assert last == [counts.surveys, counts.several_waves, counts.linked]


def test_orders_are_given_in_chances_and_in_words(view: MethodView) -> None:
    lines = cells(section(view, "ordre"))
    for example, shown in zip(view.orders, lines, strict=True):
        assert numbers(shown[0]) == list(example.one)
        assert numbers(shown[1]) == list(example.other)
        assert shown[3] == str(example.order.wording)
        percent = 100 * (example.order.probability or 0)
        assert numbers(shown[2])[0] == (99 if percent > 99 else round(percent))
    text = plain(section(view, "ordre"))
    assert f"{100 * view.almost_sure:.0f} sur 100" in text
    assert f"à partir de {100 * view.probable:.0f}," in text


def test_the_group_is_shown_with_its_reasons_and_its_total(view: MethodView) -> None:
    body = section(view, "secret")
    lines = cells(body)
    assert [numbers(line[1]) for line in lines] == [
        *([line.respondents] for line in view.secrecy.lines),
        [view.secrecy.total],
    ]
    assert [line[2] == "affiché" for line in lines] == [
        *(line.suppression is None for line in view.secrecy.lines),
        True,
    ]
    assert f"moins de {view.secrecy.minimum} réponses" in plain(body)
    assert f"donnerait {view.secrecy.deduced} réponses" in plain(body)


def test_classes_show_the_bounds_of_each_method_or_say_there_are_none(view: MethodView) -> None:
    lines = cells(section(view, "classes"))
    for (_, classes), shown in zip(view.classes.by_method, lines, strict=True):
        if classes is None:
            assert numbers(shown[2]) == []
        else:
            assert numbers(shown[2]) == pytest.approx(list(classes.bounds), abs=0.051)
    low, high = view.classes.holder
    said = f"« Plus de {low:.0f} à {high:.0f} » : {view.classes.on_bound:.0f} y est, {low:.0f} non."
    assert said in plain(section(view, "classes"))


def test_divergent_readings_stand_side_by_side_with_their_number(view: MethodView) -> None:
    body = section(view, "lectures")
    assert count(view.contradictions, "sujet") in read(body).text
    assert view.divergence is not None
    assert len(tags(body, "li")) == 2
    assert view.divergence.reading_1 in read(body).text
    assert view.divergence.reading_2 in read(body).text


def test_a_set_without_divergence_says_so(view: MethodView) -> None:
    body = section(replace(view, contradictions=0, divergence=None), "lectures")
    assert tags(body, "li") == []
    assert "n’en contient aucune" in plain(body)


def test_the_simulated_set_is_opened_from_the_published_one_only(view: MethodView) -> None:
    (link,) = tags(section(view, "simule"), "a")
    assert (link["href"] or "").startswith("/carte?jeu=demonstration&indicateur=demo_")
    assert "data-interne" in link
    inside = section(replace(view, dataset=Dataset.DEMONSTRATION), "simule")
    assert tags(inside, "a") == []
    assert "aucun de ses chiffres ne doit être cité" in plain(inside)


def test_the_simulated_set_says_what_is_real_in_it(view: MethodView) -> None:
    text = plain(section(view, "simule"))
    assert "parts nationales sont réglées sur des valeurs publiées" in text
    assert "les chiffres des régions et les acteurs sont inventés" in text
    assert "chiffres de l’Insee sont réels" in text
    assert "entièrement" not in text
