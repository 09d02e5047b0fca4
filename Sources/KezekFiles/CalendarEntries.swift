// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Texts
import WorkingDays

extension CalendarFile {
    /// Where the entries of a book stand in its file, in the order of the book's lists.
    struct Entries {
        let weeks: [Field]
        let holidays: [Field]
        let movable: [Field]
        let computed: [Field]
        let transfers: [Field]

        /// What contradicts itself or does nothing in a book of these entries.
        func faults(of book: CalendarBook) -> [FileFault] {
            sharedIDs(of: book) + book.faults().map { fault(of: book, $0) }
        }

        /// Holidays whose id another before them has.
        private func sharedIDs(of book: CalendarBook) -> [FileFault] {
            var first: [String: Field] = [:]
            let ids =
                book.holidays.map(\.id) + book.movable.map(\.id) + book.computed.map(\.id)
            return zip(ids, holidays + movable + computed).compactMap { id, field in
                guard let other = first[id] else {
                    first[id] = field
                    return nil
                }
                return field.member("id").fault(
                    "expected an id of its own; \(other.place) has '\(id)' too")
            }
        }

        private func fault(of book: CalendarBook, _ fault: BookFault) -> FileFault {
            switch fault {
            case .idleWeekChange(let week, let index):
                return change(week, index).fault(
                    "expected other rest days or hours than those in force the day before, as known "
                        + "on \(book.weeks[week].changes[index].known)")
            case .contradictingWeekChanges(let week, let index, let other):
                return change(week, index).member("known").fault(
                    "expected a 'known' day of its own; \(change(week, other).place) speaks of the same "
                        + "days")
            case .noWeekChangeToTakeBack(let week, let index):
                let entry = book.weeks[week].changes[index]
                return change(week, index).member("status").fault(
                    "expected a change from \(entry.from) in force to take back, known before "
                        + "\(entry.known)")
            case .idleTransfer(let index, let weeks):
                return idle(transfers[index], book.transfers[index], weeks)
            case .dayMovedTwice(let index, let day, let other):
                let part = book.transfers[index].becomesWorking == day ? "working" : "rest"
                return transfers[index].member(part).fault(
                    "expected a day that no other transfer moves at the same time; "
                        + "\(transfers[other].place) moves \(day) from "
                        + "\(book.transfers[other].known) on. To end that one, repeat its two days "
                        + "with 'status: taken-back'")
            case .contradictingTransfers(let index, let other):
                return transfers[index].member("known").fault(
                    "expected a 'known' day of its own; \(transfers[other].place) is of the same "
                        + "two days and known from \(book.transfers[other].known) on too")
            case .nothingToTakeBack(let index):
                let transfer = book.transfers[index]
                return transfers[index].member("status").fault(
                    "expected a transfer in force to take back, with 'working' "
                        + "\(transfer.becomesWorking) and 'rest' \(transfer.becomesRest), known "
                        + "before \(transfer.known)")
            case .holidaysOnOneDay(let index, let other, let year, let known):
                return holidays[index].member("date").fault(
                    "expected a day of its own; \(holidays[other].place), "
                        + "'\(book.holidays[other].id)', lies on it in \(year) too, as known on "
                        + "\(known)")
            }
        }

        /// A change of a week by their places.
        private func change(_ week: Int, _ index: Int) -> Field {
            let list = weeks[week].member("changes")
            return (try? list.items()[index]) ?? list
        }

        private func idle(
            _ field: Field, _ transfer: Transfer, _ weeks: [BookFault.Idleness]
        ) -> FileFault {
            func names(_ obstacle: Transfer.Obstacle) -> String {
                weeks.filter { $0.obstacle == obstacle }.map(\.week).joined(separator: ", ")
            }
            let (working, resting) = (names(.works), names(.rests))
            var found: [Phrase] = []
            if !working.isEmpty {
                found.append("\(transfer.becomesWorking) works already in \(working)")
            }
            if !resting.isEmpty {
                found.append("\(transfer.becomesRest) rests already in \(resting)")
            }
            let all: Phrase = found.dropFirst().reduce(found[0]) { "\($0) and that \($1)" }
            return field.member(resting.isEmpty ? "working" : "rest").fault(
                "expected, in some week, a 'working' day that rests and a 'rest' day that works, as "
                    + "known on \(transfer.known); found that \(all)")
        }
    }
}
