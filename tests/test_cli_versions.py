"""The terminal's verbs on versions: the same code as the page, exit codes for scripts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from territoires import settings
from territoires.cli import main
from territoires.cli.output import plain
from territoires.cli.saving import safe_name
from territoires.domain.publishing import TERMINAL
from territoires.domain.versions import Act
from territoires.tables.snapshots import peek_snapshot
from territoires.tables.store import (
    close_store,
    current_number,
    import_release,
    open_store,
    original,
    publish,
    read,
    versions,
)
from territoires.views.history import format_moment

ROOT = Path(__file__).resolve().parents[1]
INDICATOR, SOURCE = (
    "adhesion_maires_region",
    "synthese-co-construisons-demain-les-7-enseignements-cles-de",
)
ACT = ["--auteur", "Ana Lyste", "--message", "Vague 2025"]
CONSTANTS = [
    *("--indicateur", INDICATOR, "--vague", "2025"),
    *("--source", SOURCE, "--fiabilite", "claire"),
]
GOOD = "Code région;Région;Taux;Répondants\n28;Normandie;80;400\n53;Bretagne;75;400\n"


@pytest.fixture(autouse=True)
def url(tmp_path: Path, monkeypatch) -> str:
    address = f"sqlite:///{tmp_path / 'var' / 'base.sqlite'}"
    monkeypatch.setattr(settings, "DATABASE_URL", address)
    return address


@pytest.fixture
def good(tmp_path: Path) -> str:
    return write(tmp_path, "bon.csv", GOOD)


@pytest.fixture
def store(url: str):
    """A store of three small versions: verbs that only read versions need no more."""
    opened = open_store(url)
    head = ",".join(
        (
            "observation_id",
            "indicator_id",
            "wave",
            "level",
            "code",
            "value",
            "value_text",
            "reading",
        )
    )
    for value in (70, 71, 72):
        row = f"o1,{INDICATOR},2024,region,53,{value},,principale"
        contents = {"observations": f"{head}\n{row}\n".encode()}
        if value == 70:
            import_release(opened, contents, "Livraison")
        else:
            act = Act("Ana Lyste", f"Valeur {value}")
            publish(opened, contents, act, base=value - 71, caller=TERMINAL)
    yield opened
    close_store(opened)


def write(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def said(capsys) -> tuple[str, str]:
    out, err = capsys.readouterr()
    return out.replace("\u00a0", " ").replace("\u202f", " "), err.replace("\u00a0", " ")


def test_a_good_file_is_checked_without_a_store_and_none_is_made(good, url, capsys) -> None:
    assert main(["check", good, *CONSTANTS]) == 0
    out, err = said(capsys)
    assert "bon.csv" in out
    assert "« Taux » : valeur [value]" in out
    assert "2 territoires reconnus." in out
    assert "Par rapport aux données livrées : 2 lignes ajoutées" in out
    assert err == ""
    assert not Path(url.removeprefix("sqlite:///")).exists()


def test_problems_are_all_told_and_give_the_exit_code_1(tmp_path, good, capsys) -> None:
    bad = write(tmp_path, "faux.csv", GOOD.replace("80", "180").replace("Bretagne", "Corse"))
    assert main(["check", good, bad, *CONSTANTS]) == 1
    out, _ = said(capsys)
    assert "ligne 2, colonne Taux : lu « 180 »" in out
    assert "ligne 3" in out
    assert "[bloquant]" in out


def test_the_answer_for_a_script_is_json_alone(tmp_path, good, capsys) -> None:
    bad = write(tmp_path, "faux.csv", GOOD.replace("80", "180"))
    assert main(["check", good, bad, *CONSTANTS, "--json"]) == 1
    out, err = capsys.readouterr()
    first, second = json.loads(out)
    assert first["publiable"] is True
    assert first["comparaison"]["observations"]["ajoutees"] == 2
    (problem,) = [one for one in second["problemes"] if one["gravite"] == "bloquant"]
    assert (problem["ligne"], problem["colonne"], problem["lu"]) == (2, "Taux", "180")
    assert err == ""


def test_a_place_and_a_column_can_be_settled_by_hand(tmp_path, capsys) -> None:
    text = GOOD.replace("Code région;", "").replace("28;", "").replace("53;Bretagne", "Bretagn")
    odd = write(tmp_path, "a.csv", text.replace("Taux", "X1"))
    assert main(["check", odd, *CONSTANTS]) == 1
    capsys.readouterr()
    settled = ["--place", "Bretagn=region-53", "--colonne", "X1=value", "--niveau", "region"]
    assert main(["check", odd, *CONSTANTS, *settled]) == 0, said(capsys)
    assert main(["check", odd, *CONSTANTS, *settled, "--exclure", "3", "--json"]) == 0
    out = capsys.readouterr().out
    assert json.loads(out[out.index("[\n") :])[0]["comparaison"]["observations"]["ajoutees"] == 1


def test_choices_can_be_read_from_a_file(tmp_path, good) -> None:
    choices = {"indicator_id": INDICATOR, "wave": "2025", "source_id": SOURCE}
    file = write(tmp_path, "choix.json", json.dumps(choices))
    assert main(["check", good, "--choix", file, "--fiabilite", "claire"]) == 0
    assert main(["check", good, "--choix", write(tmp_path, "x.json", "{")]) == 1


def test_a_file_is_published_compared_exported_and_undone(tmp_path, good, url, capsys) -> None:
    assert main(["publish", good, *ACT, *CONSTANTS, "--oui"]) == 0
    out, err = said(capsys)
    assert out.startswith("Version 1 publiée.")
    assert f"+ {INDICATOR} 2025 region-28 = 80" in err
    store = open_store(url)
    made = versions(store)[0]
    assert (made.author, made.message, made.file_name) == ("Ana Lyste", "Vague 2025", "bon.csv")
    assert (made.source_id, made.fiabilite) == (SOURCE, "claire")
    assert made.added == 2
    brought = original(store, 1)
    assert brought is not None
    assert brought.content == GOOD.encode()

    assert main(["publish", good, *ACT, *CONSTANTS, "--oui"]) == 3
    assert "Rien à publier" in said(capsys)[1]
    assert main(["export", "courante", str(tmp_path / "sortie")]) == 0
    assert (tmp_path / "sortie" / "original" / "bon.csv").read_text(encoding="utf-8") == GOOD
    assert f"{INDICATOR},2025" in (tmp_path / "sortie" / "observations.csv").read_text()
    capsys.readouterr()
    assert main(["rollback", "0", *ACT, "--oui", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["retablit"] == 0
    assert current_number(store) == 2
    assert read(store, 2) == read(store, 0)
    close_store(store)


def test_nothing_blocking_is_ever_published(tmp_path, url, capsys) -> None:
    bad = write(tmp_path, "faux.csv", GOOD.replace("80", "180"))
    assert main(["publish", bad, *ACT, *CONSTANTS, "--oui", "--malgre-avertissements"]) == 1
    assert "Rien n’a été publié" in said(capsys)[1]
    store = open_store(url)
    assert current_number(store) == 0
    close_store(store)


def test_warnings_must_have_been_read(tmp_path, url, capsys) -> None:
    doubtful = write(tmp_path, "doute.csv", GOOD.replace(";400", ";"))
    assert main(["publish", doubtful, *ACT, *CONSTANTS, "--oui"]) == 2
    assert "--malgre-avertissements" in said(capsys)[1]
    assert main(["publish", doubtful, *ACT, *CONSTANTS, "--oui", "--malgre-avertissements"]) == 0
    store = open_store(url)
    assert current_number(store) == 1
    close_store(store)


def test_a_script_that_did_not_say_yes_publishes_nothing(store, capsys, monkeypatch) -> None:
    monkeypatch.setattr(sys, "stdin", open(os.devnull, encoding="utf-8"))  # noqa: SIM115
    assert main(["rollback", "0", *ACT]) == 2
    assert "--oui" in said(capsys)[1]
    assert current_number(store) == 2


@pytest.mark.parametrize(("answer", "number"), [("oui\n", 3), ("non\n", 2), ("\n", 2), ("", 2)])
def test_a_person_is_asked(store, monkeypatch, answer: str, number: int) -> None:
    class Terminal:
        def isatty(self) -> bool:
            return True

        def readline(self) -> str:
            return answer

    monkeypatch.setattr(sys, "stdin", Terminal())
    assert main(["rollback", "0", *ACT]) == (0 if number == 3 else 1)
    assert current_number(store) == number


@pytest.mark.usefixtures("store")
def test_a_name_and_a_reason_are_asked_for(capsys) -> None:
    assert main(["rollback", "0", "--auteur", " ", "--message", "x", "--oui"]) == 3
    assert "votre nom" in said(capsys)[1]
    with pytest.raises(SystemExit) as caught:
        main(["rollback", "0"])
    assert caught.value.code == 2
    assert "il manque --auteur, --message" in said(capsys)[1]


@pytest.mark.usefixtures("store")
def test_what_is_current_already_is_not_brought_back(capsys) -> None:
    assert main(["rollback", "2", *ACT, "--oui"]) == 3
    assert "Rien à publier" in said(capsys)[1]
    assert main(["rollback", "8", *ACT, "--oui"]) == 1
    assert "pas de version 8" in said(capsys)[1]


def test_the_history_tells_every_version_and_the_log_every_act(store, capsys) -> None:
    assert main(["history"]) == 0
    out, _ = said(capsys)
    assert [line.split()[1] for line in out.splitlines() if line.startswith("*")] == ["2"]
    # In Paris time, as on the page.
    moment = format_moment(versions(store)[0].date).replace("\u00a0", " ")
    assert moment in out.replace("\u00a0", " ")
    assert "Valeur 72" in out
    assert main(["history", "--json", "--limite", "2"]) == 0
    assert [one["numero"] for one in json.loads(capsys.readouterr().out)] == [2, 1]
    assert main(["history", "--journal"]) == 0
    assert "Version 1 publiée. Valeur 71" in said(capsys)[0]
    assert main(["history", "--journal", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["action"] == "publication"


@pytest.mark.usefixtures("store")
def test_two_versions_are_compared_row_by_row(capsys) -> None:
    assert main(["diff"]) == 0
    assert "valeur « 71 » → « 72 »" in said(capsys)[0]
    assert main(["diff", "0", "courante"]) == 0
    assert "valeur « 70 » → « 72 »" in said(capsys)[0]
    assert main(["diff", "1", "1"]) == 0
    assert "Aucune différence" in said(capsys)[0]
    assert main(["diff", "0", "1", "--json"]) == 0
    (change,) = json.loads(capsys.readouterr().out)["tables"]["observations"]["modifiees"]
    assert (change["avant"]["value"], change["apres"]["value"]) == ("70", "71")


@pytest.mark.usefixtures("store")
def test_an_export_never_writes_over_anything(tmp_path, capsys) -> None:
    assert main(["export", "1", str(tmp_path / "a" / "b")]) == 0
    told = json.loads((tmp_path / "a" / "b" / "version.json").read_text(encoding="utf-8"))
    assert (told["numero"], told["message"]) == (1, "Valeur 71")
    capsys.readouterr()
    assert main(["export", "1", str(tmp_path / "a" / "b")]) == 2
    assert "n’est pas un dossier vide" in said(capsys)[1]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ana\\régions 2024 (v2).csv", "régions 2024 (v2).csv"),
        ("..", "fichier"),
        ("", "fichier"),
        ("/", "fichier"),
        (".bashrc", "bashrc"),
        ("a\x00b\n.csv", "a_b_.csv"),
        ("x" * 500 + ".csv", "x" * 116 + ".csv"),
    ],
)
def test_the_name_of_an_original_stays_in_its_folder(name: str, kept: str) -> None:
    assert safe_name(name) == kept


def test_a_backup_comes_back_in_a_new_store(store, tmp_path, capsys, monkeypatch) -> None:
    # The version that is on line must be one that pages can read.
    publish(store, peek_snapshot() or {}, Act("Ana", "Vraies tables"), base=2, caller=TERMINAL)
    assert main(["backup", str(tmp_path / "tout.zip")]) == 0
    assert said(capsys)[0].startswith("4 versions dans ")
    assert main(["restore", str(tmp_path / "tout.zip"), *ACT]) == 1
    capsys.readouterr()
    monkeypatch.setattr(settings, "DATABASE_URL", f"sqlite:///{tmp_path / 'neuve.sqlite'}")
    assert main(["restore", str(tmp_path / "tout.zip"), *ACT]) == 0
    assert "la version 3 est en ligne" in said(capsys)[0]
    again = open_store(settings.DATABASE_URL)
    assert versions(again) == versions(store)
    close_store(again)


@pytest.mark.usefixtures("store")
def test_a_backup_takes_the_place_of_another_only_when_asked(tmp_path, capsys) -> None:
    path = tmp_path / "tout.zip"
    path.write_bytes(b"une autre")
    assert main(["backup", str(path)]) == 2
    assert "existe déjà" in capsys.readouterr().err
    assert path.read_bytes() == b"une autre"
    assert main(["backup", str(path), "--remplacer"]) == 0
    assert path.read_bytes().startswith(b"PK")


@pytest.mark.parametrize("verb", [["history"], ["diff"], ["backup", "x.zip"], ["export", "0", "x"]])
def test_without_a_store_it_is_told_and_none_is_made(verb: list[str], url: str, capsys) -> None:
    assert main(verb) == 1
    assert "pas encore de base" in said(capsys)[1]
    assert not Path(url.removeprefix("sqlite:///")).exists()


def test_a_zoning_is_summed_up_or_told(tmp_path, capsys) -> None:
    file = write(tmp_path, "pays.csv", "siren;code_zone;nom_zone\n242900314;1;Pays de Brest\n")
    assert main(["zonage", file, "--nom", "Les Pays"]) == 0
    assert "Les Pays (les_pays) : 1 zone, 1 intercommunalité." in said(capsys)[0]
    assert main(["zonage", file, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["zones"] == 1
    assert main(["zonage", write(tmp_path, "x.csv", "siren;code_zone\n9;1\n")]) == 1
    assert "ligne 2" in said(capsys)[0]


def test_what_is_mistyped_is_told_in_french(capsys, good) -> None:
    for typed, words in (
        (["nimporte"], "attendu l’un de"),
        (["check"], "il manque FICHIER"),
        (["check", "a.csv", "--place", "sans-egal"], "attendu « texte=region-11 »"),
        (["check", "a.csv", "--place", "x=region-9"], "ne désigne pas un territoire"),
        (["check", "a.csv", "--exclure", "deux"], "attendu un nombre"),
        (["check", "a.csv", "--vague"], "--vague attend une valeur"),
        (["check", "a.csv", "--inconnue"], "ceci n’est pas compris : --inconnue"),
        (["export", "dernière", "x"], "attendu un numéro ou « courante »"),
    ):
        with pytest.raises(SystemExit) as caught:
            main(typed)
        assert caught.value.code == 2
        assert words in said(capsys)[1], typed
    assert main(["check", good, "--colonne", "Absente=value"]) == 2
    assert "Ses colonnes : « Code région », « Région »" in said(capsys)[1]
    assert main(["check", good, "--colonne", "Taux=valeurr"]) == 2
    assert "n’est pas un champ" in said(capsys)[1]


def test_a_file_that_is_not_there_is_told(tmp_path, capsys) -> None:
    assert main(["check", str(tmp_path / "absent.csv")]) == 2
    assert "absent.csv : introuvable." in said(capsys)[1]
    assert main(["check", str(tmp_path), "--json"]) == 2
    assert "c’est un dossier" in json.loads(capsys.readouterr().out)["erreur"]


def test_the_help_is_french(capsys) -> None:
    for verb in ([], ["check"], ["publish"], ["restore"]):
        with pytest.raises(SystemExit) as caught:
            main([*verb, "--help"])
        assert caught.value.code == 0
        out = capsys.readouterr().out
        assert out.startswith("Usage : territoires")
        assert not {"usage:", "options:", "positional", "show this"} & set(out.split())
        assert "Codes de sortie" in out


def test_a_terminal_never_obeys_a_file() -> None:
    assert plain("a\x1b[31mb\r\u202ec\n\té") == "a\ufffd[31mb\ufffd\ufffdc\n\té"


def test_an_argument_that_is_no_text_stops_nothing(tmp_path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "territoires.cli", "zonage", b"\xff\xfe.csv"],
        cwd=tmp_path,
        env={**os.environ, "LC_ALL": "C.UTF-8", "TERRITOIRES_HOME": str(ROOT)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert b"introuvable" in done.stderr
