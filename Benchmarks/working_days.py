#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares the working-day tables with numpy, pandas and QuantLib.

All are asked the same questions on Kazakhstan's calendar of the five-day week, and every answer
is compared: the first that differs ends the run with status 1. pandas and QuantLib, which are
called once for each question, get the first of the questions only.
"""
import argparse
import csv
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile
import timeit

# This file's name is also that of a module of Python, which pandas imports.
HERE = pathlib.Path(__file__).resolve().parent
sys.path = [path for path in sys.path if pathlib.Path(path or os.curdir).resolve() != HERE]

try:
    import numpy as np
    import pandas as pd
    import QuantLib as ql
except ImportError as error:
    sys.exit(f"{error}: pip install numpy pandas QuantLib")

ROOT = HERE.parent
SEED = 20160201
YEARS = range(2016, 2028)
FIRST, LAST = np.datetime64("2016-02-01"), np.datetime64("2026-06-30")
QUANTLIB_EPOCH = 25569  # QuantLib's number of 1970-01-01
NUMPY_REPEATS = KEZEK_REPEATS = 9
OTHER_REPEATS = 5


class Days:
    """The days that differ from a Monday-to-Friday week, and all days of rest."""

    def __init__(self, kezek):
        self.rest, self.weekday_rest, self.weekend_work = [], [], []
        for year in YEARS:
            export = ["calendar", "export", str(year), "--week", "five", "--format", "csv"]
            for row in csv.DictReader(output(kezek, *export).splitlines()):
                works = row["working"] == "true"
                weekend = row["weekday"] in ("saturday", "sunday")
                if not works:
                    self.rest.append(row["date"])
                if weekend and works:
                    self.weekend_work.append(row["date"])
                if not weekend and not works:
                    self.weekday_rest.append(row["date"])

    def numpy(self):
        # numpy and pandas know the week and its holidays, but no worked Saturday. With a week of
        # seven working days and every day of rest as a holiday the answers are equal.
        return np.busdaycalendar("1111111", self.rest)

    def numpy_without_worked_weekends(self):
        return np.busdaycalendar("1111100", self.weekday_rest)

    def quantlib(self):
        calendar = ql.BespokeCalendar("Kazakhstan")
        for day in (ql.Saturday, ql.Sunday):
            calendar.addWeekend(day)
        for date in self.weekday_rest:
            calendar.addHoliday(ql.Date(date, "%Y-%m-%d"))
        for date in self.weekend_work:
            calendar.removeHoliday(ql.Date(date, "%Y-%m-%d"))
        return calendar


class Comparison:
    """One operation: its questions, kezek's answers and the rows of the table."""

    def __init__(self, operation, kezek, questions, *flags):
        self.operation, self.questions = operation, questions
        with tempfile.TemporaryDirectory() as folder:
            asked, answered = f"{folder}/questions", f"{folder}/answers"
            questions.astype("<i4").tofile(asked)
            told = output(kezek, "bench", "calendar", asked, "--answers", answered,
                          "--repeats", str(KEZEK_REPEATS), "--json", *flags)
            self.answers = np.fromfile(answered, "<i4")
        self.nanoseconds = json.loads(told)["nanosecondsPerOperation"]
        self.rows = [(operation, "kezek", len(questions), self.nanoseconds, 1.0)]

    def add(self, program, count, repeats, answer, numbers=np.asarray):
        """Compares and times `answer`, whose result `numbers` turns into kezek's form."""
        theirs, ours = numbers(answer()), self.answers[:count]
        if different := np.flatnonzero(theirs != ours).tolist():
            index = different[0]
            sys.exit(f"{self.operation}, question {index} {self.questions[index].tolist()}: "
                     f"kezek {ours[index]}, {program} {theirs[index]}")
        nanoseconds = measure(answer, count, repeats)
        self.rows.append(
            (self.operation, program, count, nanoseconds, nanoseconds / self.nanoseconds))


def output(*command):
    run = subprocess.run(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    if run.returncode:
        sys.exit(f"kezek {' '.join(command[1:])}: status {run.returncode}")
    return run.stdout


def measure(answer, count, repeats):
    """The median, in nanoseconds for each of `count` questions."""
    return statistics.median(timeit.repeat(answer, number=1, repeat=repeats)) / count * 1e9


def day_numbers(dates):
    return np.array(dates, "datetime64[D]").astype("i8")


def quantlib_days(dates):
    return np.array([date.serialNumber() for date in dates]) - QUANTLIB_EPOCH


def timestamps(days):
    return list(pd.DatetimeIndex(days.astype("datetime64[D]")))


def quantlib_dates(days):
    return [ql.Date(int(day) + QUANTLIB_EPOCH) for day in days]


def random_days(random, count):
    return random.integers(FIRST.astype(int), LAST.astype(int), count, endpoint=True)


def compare_adding(kezek, days, random, sizes):
    """The n-th working day after a date."""
    questions = np.column_stack(
        [random_days(random, sizes.numpy), random.integers(1, 250, sizes.numpy, endpoint=True)])
    comparison = Comparison("add working days", kezek, questions)
    starts, steps = questions.T

    dates, table = starts.astype("datetime64[D]"), days.numpy()
    comparison.add(
        "numpy", sizes.numpy, NUMPY_REPEATS,
        lambda: np.busday_offset(dates, steps, roll="backward", busdaycal=table), day_numbers)

    calendar, serial = days.quantlib(), quantlib_dates(starts[:sizes.quantlib])
    counts = steps[:sizes.quantlib].tolist()
    comparison.add(
        "QuantLib", sizes.quantlib, OTHER_REPEATS,
        lambda: [calendar.advance(date, n, ql.Days) for date, n in zip(serial, counts)],
        quantlib_days)

    stamps = timestamps(starts[:sizes.pandas])
    offsets = [pd.offsets.CustomBusinessDay(int(n), calendar=table) for n in steps[:sizes.pandas]]
    comparison.add(
        "pandas", sizes.pandas, OTHER_REPEATS,
        lambda: [stamp + offset for stamp, offset in zip(stamps, offsets)],
        lambda dates: day_numbers([date.to_datetime64() for date in dates]))

    monday_to_friday = days.numpy_without_worked_weekends()

    def wrong():
        return np.busday_offset(dates, steps, roll="backward", busdaycal=monday_to_friday)

    return comparison, remark(comparison, wrong)


def compare_counting(kezek, days, random, sizes):
    """The working days from a date, with it, to another, without it."""
    questions = np.sort(random_days(random, (sizes.numpy, 2)), axis=1)
    comparison = Comparison("count working days", kezek, questions, "--count")

    starts, ends = questions.astype("datetime64[D]").T.copy()
    table = days.numpy()
    comparison.add("numpy", sizes.numpy, NUMPY_REPEATS,
                   lambda: np.busday_count(starts, ends, busdaycal=table))

    calendar = days.quantlib()
    serial = [quantlib_dates(side) for side in questions[:sizes.quantlib].T]
    comparison.add(
        "QuantLib", sizes.quantlib, OTHER_REPEATS,
        lambda: [calendar.businessDaysBetween(a, b, True, False) for a, b in zip(*serial)])

    # pandas has no count of its own but the length of a range.
    stamps = [timestamps(side) for side in questions[:sizes.pandas].T]
    day = pd.offsets.CustomBusinessDay(calendar=table)
    comparison.add(
        "pandas", sizes.pandas, OTHER_REPEATS,
        lambda: [len(pd.date_range(a, b, freq=day, inclusive="left")) for a, b in zip(*stamps)])

    monday_to_friday = days.numpy_without_worked_weekends()
    return comparison, remark(
        comparison, lambda: np.busday_count(starts, ends, busdaycal=monday_to_friday))


def compare_minutes(kezek, days, random, sizes):
    """The moment at which so many minutes of work, begun at midnight, are done.

    The office is open 09:00-13:00 and 14:30-18:30. pandas adds whole hours only. Work that is done
    exactly when the office closes, after a multiple of four hours, ends for kezek then, at 13:00
    or 18:30, and for pandas when it next opens, at 14:30 or the next day at 09:00; such numbers
    are not asked. numpy and QuantLib know days only.
    """
    hours = np.array([hour for hour in range(1, 2000) if hour % 4])
    questions = np.column_stack(
        [random_days(random, sizes.minutes), random.choice(hours, sizes.minutes) * 60])
    comparison = Comparison("add working minutes", kezek, questions, "--minutes")

    table = days.numpy()
    stamps = timestamps(questions[:sizes.pandas, 0])
    offsets = [
        pd.offsets.CustomBusinessHour(int(minutes) // 60, start=["09:00", "14:30"],
                                      end=["13:00", "18:30"], calendar=table)
        for minutes in questions[:sizes.pandas, 1]]
    comparison.add(
        "pandas", sizes.pandas, OTHER_REPEATS,
        lambda: [stamp + offset for stamp, offset in zip(stamps, offsets)],
        lambda ends: np.array([end.to_datetime64() for end in ends], "datetime64[m]").astype("i8"))
    return comparison, None


def compare_hours(kezek, random, sizes):
    """The same minutes where the hours differ by weekday and season, and have changed so often.

    Nobody else has such hours; Tests/WorkingDaysTests/HoursTwinTests compares the answers with a walk minute by minute.
    """
    questions = np.column_stack(
        [random_days(random, sizes.minutes), random.integers(1, 60_000, sizes.minutes)])
    plain = Comparison("add working minutes", kezek, questions, "--minutes")
    rows = []
    for changes in (0, 50, 200):
        told = Comparison(
            f"the same, {changes} changes of hours", kezek, questions, "--minutes", "--changes", str(changes))
        rows.append((told.operation, "kezek", len(questions), told.nanoseconds,
                     told.nanoseconds / plain.nanoseconds))
    return rows


def remark(comparison, answer):
    """What numpy does with a Monday-to-Friday week, without the worked weekends."""
    wrong = np.mean(answer().astype("i8") != comparison.answers) * 100
    nanoseconds = measure(answer, len(comparison.answers), NUMPY_REPEATS)
    return (f"numpy with a Monday-to-Friday week, {comparison.operation}: {nanoseconds:.1f} ns, "
            f"{wrong:.0f} % of the answers wrong, as it knows no worked weekend.")


def processor():
    try:
        lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{names[0]}, {os.cpu_count()} processors" if names else platform.machine()


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kezek", type=pathlib.Path, default=ROOT / ".build/release/kezek",
                        help="the program, built for release")
    parser.add_argument("--quick", action="store_true", help="ask 1/50 of the questions")
    options = parser.parse_args()
    kezek = str(options.kezek.resolve())
    if not os.access(kezek, os.X_OK):
        parser.error(f"no program {options.kezek}: swift build -c release --product kezek")

    part = 50 if options.quick else 1
    sizes = argparse.Namespace(numpy=1_000_000 // part, quantlib=100_000 // part,
                               minutes=20_000 // part, pandas=2_000 // part)
    days, random = Days(kezek), np.random.default_rng(SEED)

    print(f"{processor()}; Python {platform.python_version()}, numpy {np.__version__}, "
          f"pandas {pd.__version__}, QuantLib {ql.__version__}\n")
    print("| operation | program | questions | ns per operation | ratio to kezek |")
    print("|---|---|--:|--:|--:|")
    remarks = []
    for compare in (compare_adding, compare_counting, compare_minutes):
        comparison, about_numpy = compare(kezek, days, random, sizes)
        for operation, program, count, nanoseconds, ratio in comparison.rows:
            print(f"| {operation} | {program} | {count:,} | {nanoseconds:,.1f} | {ratio:,.1f} |",
                  flush=True)
        if about_numpy:
            remarks.append(about_numpy)
    for operation, program, count, nanoseconds, ratio in compare_hours(kezek, random, sizes):
        print(f"| {operation} | {program} | {count:,} | {nanoseconds:,.1f} | {ratio:,.2f} |", flush=True)
    print("\nAll answers compared are equal.", *remarks, sep="\n")


if __name__ == "__main__":
    main()
