"""The arithmetic of the bench: ratios of rounds, what was due, and the table that says so."""
import statistics


def ratios(pairs):
    """Of (figure, yardstick) a round: each round's figure as a multiple of its own yardstick."""
    return [figure / yardstick for figure, yardstick in pairs if yardstick > 0]


def median(values):
    return statistics.median(values) if values else None


def spread(values):
    """The least and the greatest, as the table prints them."""
    return (min(values), max(values)) if values else None


def percentile(values, share):
    """The smallest value that at least this share of all does not exceed."""
    if not values:
        return None
    ordered = sorted(values)
    rank = max(1, -(-len(ordered) * share // 1))  # rounded up
    return ordered[int(rank) - 1]


def verdict(value, due, aim, at_most):
    """Whether a value meets what was due or even what was aimed at."""
    if value is None:
        return "not measured"
    meets = (lambda limit: value <= limit) if at_most else (lambda limit: value >= limit)
    return "aim" if meets(aim) else "due" if meets(due) else "no"


def short(value):
    """Four digits or fewer that matter, thousands separated."""
    if value is None:
        return "-"
    if abs(value) >= 1000:
        return format(round(value), ",")
    return "%.*f" % (0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2, value)


class Row:
    """One line of the table. `judged` is the number that is held against due and aim."""

    def __init__(self, key, work, unit, due, aim, at_most=False, ratio_counts=False):
        self.key, self.work, self.unit = key, work, unit
        self.due, self.aim, self.at_most, self.ratio_counts = due, aim, at_most, ratio_counts
        self.figure = self.yardstick = self.ratio = self.spread = None
        self.yardstick_words, self.why, self.details = "", "not asked for", {}
        self.under = ""  # where it differs from what the due is for, in words

    def measured(self, figure, **details):
        self.figure, self.why = figure, ""
        self.details.update(details)
        return self

    def beside(self, words, pairs):
        """Rounds of (figure, yardstick): the row shows medians, the ratio is of the rounds."""
        each = ratios(pairs)
        self.yardstick_words = words
        self.figure = median([figure for figure, _ in pairs])
        self.yardstick = median([yardstick for _, yardstick in pairs])
        self.ratio, self.spread, self.why = median(each), spread(each), ""
        self.details["rounds"] = [list(pair) for pair in pairs]
        return self

    def missing(self, why):
        self.figure, self.why = None, why
        return self

    @property
    def judged(self):
        if self.why:
            return None
        return self.ratio if self.ratio_counts else self.figure

    @property
    def met(self):
        if not self.why and self.judged is not None and self.due is None:
            return "aim" if self.aim is not None and verdict(
                self.judged, self.aim, self.aim, self.at_most) == "aim" else "-"
        return verdict(self.judged, self.due, self.aim, self.at_most)

    def limit(self, value):
        if value is None:
            return "-"
        sign = "<= " if self.at_most else ">= "
        return sign + short(value) + ("x" if self.ratio_counts else " " + self.unit)

    def cells(self):
        if self.why:
            return [self.work, "-", "-", "-", self.limit(self.due), self.limit(self.aim),
                    "not measured"]
        yardstick = ratio = "-"
        if self.yardstick is not None:
            yardstick = "%s: %s" % (self.yardstick_words, short(self.yardstick))
        if self.ratio is not None:
            ratio = "%sx (%s to %s)" % (short(self.ratio), short(self.spread[0]),
                                        short(self.spread[1]))
        return [self.work, "%s %s" % (short(self.figure), self.unit), yardstick, ratio,
                self.limit(self.due), self.limit(self.aim),
                self.met + (", but " + self.under if self.under else "")]

    def as_json(self):
        return {"row": self.key, "work": self.work, "figure": self.figure, "unit": self.unit,
                "yardstick": self.yardstick, "yardstick_is": self.yardstick_words,
                "ratio": self.ratio, "ratio_spread": self.spread, "due": self.due,
                "aim": self.aim, "at_most": self.at_most, "judged_by_ratio": self.ratio_counts,
                "met": self.met, "met_but": self.under,
                "why_not_measured": self.why, "details": self.details}


def table(rows):
    """The rows as text in columns; what was not measured says why below."""
    head = ["work", "figure", "yardstick", "ratio (spread)", "due", "aim", "met"]
    lines = [head] + [row.cells() for row in rows]
    widths = [max(len(line[at]) for line in lines) for at in range(len(head))]
    text = "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip()
                     for line in lines)
    for row in rows:
        if row.why:
            text += "\nnot measured: %s: %s" % (row.work, row.why)
    return text
