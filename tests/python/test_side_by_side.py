"""The measurements beside other clients and drivers (benches/side_by_side): what they compute, write and compare."""

import json
import xml.etree.ElementTree as xml

import pytest
from side_by_side import baseline, medians
from side_by_side.columns import COLUMNS, SELECT, c_types
from side_by_side.interleave import Failed, figures_of, interleave, message_of
from side_by_side.page import page
from side_by_side.places import PAGE, SHOWN
from side_by_side.plot import Axis, apart, decades, plot
from side_by_side.plots import plots
from side_by_side.ratios import ratios
from side_by_side.readers import DRIVER_NAME, IDEAL, IDEAL_MANY, driver, ideal
from side_by_side.result import failures, load, round_all
from side_by_side.rows_file import read_rows, write_rows
from side_by_side.settings import Settings
from side_by_side.simulator import simulator


def run(seconds, **more):
    return {"rows": 1000, "seconds": seconds, "processor": seconds / 2, "peak_kib": 2048, "requests": 1} | more


def case(kind, times, **more):
    runs = {name: [run(seconds, in_flight=1) for seconds in each] for name, each in times.items()}
    return {"kind": kind, "rows": 1000, "mailboxes": 1, "latency": 50, "runs": runs, "failed": {}} | more


def way(title, times):
    runs = {name: [run(each, first=each, again=each, load=each, connect=each)] for name, each in times.items()}
    for done in runs.values():
        done[0]["again_processor"] = 0.001
    return {"title": title, "runs": runs, "failed": {}}


@pytest.fixture
def result():
    """As a small run would give it."""
    peers = {"this driver, from Graph": 4.0, "this driver, from memory": 1.0, "psqlODBC": 2.0, "MariaDB": 3.0}
    return {
        "date": "2026-01-01",
        "commit": "abc",
        "machine": {"processor": "one", "cores": 2, "memory": "4 GiB", "system": "Debian"},
        "versions": {"psqlODBC": "13"},
        "settings": {"rounds": 3, "rows": 1000},
        "reading": [
            case("latency", {IDEAL: [1, 1, 9], DRIVER_NAME: [2, 3, 1], "O365": [9]}),
            case("rows", {IDEAL: [1], DRIVER_NAME: [2]}),
            case("rows", {IDEAL: [10], DRIVER_NAME: [12]}, rows=10_000),
            case("mailboxes", {IDEAL: [2], IDEAL_MANY: [1], DRIVER_NAME: [2]}, mailboxes=5),
            case("empty page", {IDEAL: [1], DRIVER_NAME: [1]}) | {"failed": {"O365": "lost"}},
        ],
        "fetching": [way("SQLGetData, char", peers)],
        "opening": {"prepare": way("SQLPrepare", peers), "connect": way("connecting", peers)},
    }


def test_medians_ignore_the_run_that_was_disturbed():
    assert medians.medians([run(1), run(50), run(2)])["seconds"] == 2
    figures = medians.of_each({"a": [run(1)], "b": [run(4)], "c": []})
    assert medians.ratio(figures, "b", "a", "seconds") == 4
    assert medians.ratio(figures, "b", "c", "seconds") is None
    assert medians.best(figures, ["a", "b", "c"], "seconds") == "a"
    assert medians.best(figures, ["c"], "seconds") is None


def test_ways_are_run_in_turn_and_one_that_fails_or_takes_long_only_once():
    order = []

    def measured(name, figures):
        def measure():
            order.append(name)
            if figures is None:
                raise Failed("lost")
            return figures

        return measure

    ways = {"a": measured("a", run(1)), "bad": measured("bad", None), "slow": measured("slow", run(61))}
    runs, failed = interleave(3, ways)
    assert order == ["a", "bad", "slow", "a", "a"]
    assert (len(runs["a"]), len(runs["slow"]), failed) == (3, 1, {"bad": "lost"})


def test_a_program_gives_its_last_line_or_its_error():
    assert figures_of(["sh", "-c", "echo note; echo '{\"rows\": 1}'"]) == {"rows": 1}
    with pytest.raises(Failed, match="ValueError: lost"):
        figures_of(["sh", "-c", "echo 'ValueError: lost' >&2; echo later >&2; exit 1"])
    with pytest.raises(Failed, match="exit code 3"):
        figures_of(["sh", "-c", "exit 3"])
    assert message_of("a\nb") == "b"


def test_the_settings_come_from_the_environment():
    settings = Settings.of({"ROUNDS": "1", "ROWS": "10000", "LATENCIES": "0,5", "PARTS": "fetching"})
    assert (settings.rounds, settings.rows, settings.latencies, settings.parts) == (1, 10_000, [0, 5], ("fetching",))
    assert settings.plotted_rows == [1_000, 10_000, 100_000]
    assert settings.plotted_mailboxes == [1, 5, 20]
    assert Settings.of({"WITHOUT": "O365,msgraph-sdk"}).without == ("O365", "msgraph-sdk")
    assert Settings.of({}).without == ()
    assert Settings.of({}).plotted_rows[-1] == 1_000_000
    assert Settings.of({}).plotted_mailboxes[-1] == 200
    with pytest.raises(SystemExit, match="birds"):
        Settings.of({"PARTS": "birds"})


def test_ratios_are_to_the_ideal_client_and_to_the_best_peer(result):
    found = ratios(result)
    assert found["time of 1,000 messages at 50 ms / ideal, 4 in flight"] == 2
    assert found["time of 5 mailboxes x 1,000 messages at 50 ms / ideal, 32 in flight"] == 2
    assert found["processor time, SQLGetData, char: this driver, from memory / best peer"] == 0.5
    assert found["SQLPrepare, again: this driver, from Graph / best peer"] == 2
    assert found["peak memory of 10,000 messages at 50 ms (plot), MiB"] == 2
    assert not any("empty page" in name for name in found)


def test_a_part_that_was_not_measured_has_no_ratios(result):
    del result["reading"], result["opening"]
    assert len(ratios(result)) == 2


def test_the_baseline_shows_what_became_slower(result, tmp_path):
    path = tmp_path / "baseline.json"
    assert "no baseline" in baseline.compare(result, baseline.load(path))[0]
    baseline.keep(result, path)
    same = baseline.compare(result, baseline.load(path))
    assert not any("WORSE" in line or "better" in line for line in same[1:])
    for done in result["reading"][0]["runs"][DRIVER_NAME]:
        done["seconds"] *= 2
        done["processor"] /= 2
    changed = baseline.compare(result, baseline.load(path))
    assert changed[1].split()[0] == "WORSE" and "time of 1,000 messages at 50 ms" in changed[1]
    assert changed[-1].startswith("1 of ")
    assert sum(line.startswith("better") for line in changed) == 1
    del result["fetching"]
    assert sum(line.startswith("missing") for line in baseline.compare(result, baseline.load(path))) == 2


def test_baselines_of_other_sizes_stay(result, tmp_path):
    path = tmp_path / "baseline.json"
    baseline.keep(result, path)
    result["settings"]["rows"] = 5
    baseline.keep(result, path)
    assert sorted(json.loads(path.read_text())) == ["1000 rows", "5 rows"]


def test_a_plot_is_an_image_with_every_point(result):
    made = plots(result)
    assert sorted(made) == ["mailboxes.svg", "memory.svg", "rows.svg"]
    image = xml.fromstring(made["rows.svg"])
    names = [element.text for element in image.iter("{http://www.w3.org/2000/svg}text")]
    assert {IDEAL, DRIVER_NAME, "1,000", "10,000"} <= set(names)
    assert len(list(image.iter("{http://www.w3.org/2000/svg}circle"))) == 4
    assert "&lt;" in plot("a < b", "x", "y", {"one": [(1, 1), (2, 3)]})


def test_axes_are_logarithmic_and_labels_stay_apart():
    assert decades([0.05, 30]) == [0.01, 0.1, 1, 10, 100]
    assert decades([1]) == [1, 10]
    axis = Axis([1, 100], 0, 200)
    assert [axis.at(value) for value in (1, 10, 100)] == [0, 100, 200]
    assert Axis([5], 7, 9).at(5) == 7
    assert apart({"a": 10, "b": 11, "c": 50}) == {"a": 10, "b": 25, "c": 50}


def test_the_page_shows_all_parts_and_failures(result):
    text = page(result)
    for part in (
        "| this driver | 2.00 | 2.00 x |",
        "O365 failed: lost",
        "performance/rows.svg",
        "performance/mailboxes.svg",
        "| **this driver, from memory, x the best peer** | **2.00** |",
        "psqlODBC 13",
    ):
        assert part in text
    assert failures(result) == [("empty page, 1,000 rows", "O365", "lost")]
    del result["reading"], result["fetching"], result["opening"]
    assert "## Measure again" in page(result)


def test_the_page_in_the_documentation_is_current():
    result = load(SHOWN / "result.json")
    assert PAGE.read_text() == page(result), "scripts/bench --page writes it"
    for name, image in plots(result).items():
        assert (SHOWN / name).read_text() == image


def test_results_are_rounded():
    assert round_all({"a": [1.23456789, (2, "b")]}) == {"a": [1.23457, [2, "b"]]}


def test_messages_survive_the_file_for_the_databases(tmp_path):
    message = {
        "id": "a\\b\tc\nd\\n",
        "subject": None,
        "from": {"emailAddress": {"address": "zoë@x", "name": ""}},
        "receivedDateTime": "2026-01-02T03:04:05Z",
        "isRead": True,
        "isDraft": False,
    }
    write_rows(tmp_path / "rows", [message])
    (row,) = read_rows(tmp_path / "rows")
    assert row[:5] == ["a\\b\tc\nd\\n", None, "zoë@x", "", "2026-01-02 03:04:05"]
    assert row[6:8] == ["1", "0"]
    assert len(row) == len(COLUMNS)


def test_buffers_and_selection_follow_the_columns():
    assert c_types("w").startswith("w200w600w260w260ttbbb")
    assert SELECT.split(",")[2:4] == ["from", "receivedDateTime"]


def test_the_ideal_client_and_the_driver_read_every_row():
    with simulator("--generate", 2_300, "--mailboxes", 2) as graph:
        users = graph.users()
        assert len(users) == 2
        for read in (ideal(4), ideal(3, "identity"), driver()):
            graph.forget()
            assert read(graph, users, 2_300)["rows"] == 4_600
            counted = graph.counted()
            assert counted["requests"] >= 6
            assert counted["in_flight"] <= 4
