"""The bench's arithmetic: what is printed is what was measured, and what was due."""
import unittest

from figures import Row, median, percentile, ratios, short, spread, table, verdict


class Arithmetic(unittest.TestCase):
    def test_each_round_is_held_against_its_own_yardstick(self):
        # The ratio of the medians would be 200 / 100 = 2; the rounds say 1.
        pairs = [(100, 50), (200, 200), (300, 300)]
        self.assertEqual(ratios(pairs), [2, 1, 1])
        self.assertEqual(median(ratios(pairs)), 1)
        self.assertEqual(spread(ratios(pairs)), (1, 2))

    def test_the_median_of_an_even_number_lies_between(self):
        self.assertEqual(median([4, 1, 3, 2]), 2.5)
        self.assertIsNone(median([]))

    def test_a_yardstick_of_nothing_gives_no_ratio(self):
        self.assertEqual(ratios([(5, 0), (6, 3)]), [2])

    def test_a_percentile_is_a_value_that_was_seen(self):
        values = list(range(1, 101))
        self.assertEqual(percentile(values, 0.99), 99)
        self.assertEqual(percentile(values, 0.5), 50)
        self.assertEqual(percentile(values, 1), 100)
        self.assertEqual(percentile([7], 0.99), 7)
        self.assertEqual(percentile([3, 1, 2], 0.99), 3)
        self.assertIsNone(percentile([], 0.5))

    def test_verdicts_at_least_and_at_most(self):
        self.assertEqual([verdict(value, 6, 8, False) for value in (5.9, 6, 7.9, 8)],
                         ["no", "due", "due", "aim"])
        self.assertEqual([verdict(value, 20, 5, True) for value in (20.1, 20, 5.1, 5)],
                         ["no", "due", "due", "aim"])
        self.assertEqual(verdict(None, 6, 8, False), "not measured")

    def test_numbers_show_what_matters(self):
        self.assertEqual([short(value) for value in (0.253, 6, 12.94, 640.4, 45000, None)],
                         ["0.25", "6.00", "12.9", "640", "45,000", "-"])


class Table(unittest.TestCase):
    def test_a_ratio_is_judged_by_the_ratio_and_a_figure_by_the_figure(self):
        echo = Row("echo", "work", "/s", 0.25, 0.32, ratio_counts=True)
        echo.beside("echo/s", [(25_000, 100_000), (30_000, 100_000), (26_000, 100_000)])
        self.assertAlmostEqual(echo.judged, 0.26)
        self.assertEqual(echo.met, "due")
        latency = Row("latency", "work", "ms", 5, 4, at_most=True)
        latency.beside("one sync, ms", [(4.5, 1.0)])
        self.assertEqual(latency.judged, 4.5)
        self.assertEqual(latency.met, "due")

    def test_what_was_not_measured_has_no_figure_and_says_why(self):
        row = Row("disk", "bytes", "bytes", 500, 250, at_most=True)
        self.assertEqual(row.met, "not measured")
        row.missing("the disk is gone")
        text = table([row])
        self.assertIn("not measured", text.splitlines()[1])
        self.assertIn("bytes: the disk is gone", text)
        self.assertIsNone(row.as_json()["figure"])
        self.assertEqual(row.as_json()["met"], "not measured")

    def test_without_a_due_nothing_is_met(self):
        row = Row("disk", "work", "/s", None, None).beside("sync/s", [(10, 5)])
        self.assertEqual(row.met, "-")

    def test_a_due_that_is_for_another_size_is_not_met_without_a_word(self):
        row = Row("memory", "memory", "MB", 600, 300, at_most=True).measured(10)
        row.under = "at 0.1 M lines"
        self.assertTrue(table([row]).endswith("aim, but at 0.1 M lines"))
        self.assertEqual(row.as_json()["met_but"], "at 0.1 M lines")

    def test_the_table_lines_up(self):
        rows = [Row("a", "short", "/s", 1, 2).measured(5),
                Row("b", "something much longer", "/s", 1000, 2000).measured(1500)]
        lines = table(rows).splitlines()
        self.assertEqual(len({line.index(mark) for line, mark in
                              zip(lines, ("figure", "5.00 /s", "1,500 /s"))}), 1)
        self.assertTrue(lines[1].endswith("aim"))
        self.assertTrue(lines[2].endswith("due"))


if __name__ == "__main__":
    unittest.main()
