// SPDX-License-Identifier: Apache-2.0

import Applications
import CallLimits
import CivilTime
import Foundation
import HomeVisits
import Journal
import KezekWire
import Parties
import Queue
import TestKit
import Texts

/// Every call, by what it touches.
enum AccessCalls {
    /// One call of each kind that names an office or something of one.
    static func calls(at office: OfficeID) -> [Call] {
        let date = CivilDate("2026-03-20")!
        let booking = BookingID(office: office, date: date, number: 1)
        let application = ApplicationID(office: office, date: date, number: 1)
        let service = ServiceID("acceptance")!
        let window = WindowID("1")!
        let label = TicketLabel("A-001")!
        let id = RequestID(high: 1, low: 2)
        let handIn = HandIn(
            office: office, channel: "corporation", applicant: .reference("a"),
            profile: ApplicantProfile(group: "g"), documents: [], consent: nil)
        let day: [DayCommand] = [
            .takeTicket(service: service), .leaseNumbers(service: service, count: 1, kiosk: "k"),
            .reportTickets(lease: 1, tickets: [], ends: true), .openWindow(window),
            .closeWindow(window), .beginBreak(window), .endBreak(window), .callNext(window),
            .call(label, window), .recall(label), .serve(label), .skip(label), .park(label),
            .resume(label), .transfer(label, service: nil, window: window),
            .finish(label, .served),
        ]
        let actions: [ApplicationAction] = [
            .suspend(reason: "r", reviewBy: date), .resume, .complete(ground: nil, note: ""),
            .handOver(.applicant), .returnUnclaimed, .request, .redeliver, .withdraw(reason: ""),
        ]
        let waiting = WaitingID(office: office, date: date, number: 1)
        let questions: [Call] = [
            .queue(.office(office)),
            .queue(
                .slots(
                    SlotsQuestion(
                        office: office, service: service, channel: .office, from: date, to: date))),
            .queue(
                .firstFree(
                    FirstFreeQuestion(
                        office: office, service: service, channel: .office,
                        from: CivilDateTime("2026-03-20T10:00")!, count: 1))),
            .queue(
                .nearestFree(
                    NearestFreeQuestion(
                        offices: [office], service: service, channel: .office,
                        from: CivilDateTime("2026-03-20T10:00")!, count: 1))),
            .queue(.bookings(BookingsQuestion(office: office, applicant: .reference("a")))),
            .queue(.booking(booking)), .queue(.board(office, since: 0)),
            .watchBoard(office, .nothing), .queue(.wait(office, .newcomer(service))),
            .queue(.waitingPlace(waiting)), .queue(.waitingList(office, date)),
            .queue(.day(office, date)), .queue(.statistics(office, from: date, to: date)),
            .applications(.application(application)),
            .applications(.paper(PaperQuestion(id: application, form: .text, name: ""))),
            .applications(.status(application, .reference("a"))),
            .applications(.workingList(WorkingListQuestion(office: office))),
            .watchWorkingList(WorkingListQuestion(office: office)),
            .applications(
                .punctuality(
                    PunctualityQuestion(office: office, from: date, to: date, period: .whole))),
        ]
        let commands: [QueueCommand] =
            [
                .hold(
                    HoldCommand(
                        office: office, service: service, date: date, start: .midnight,
                        channel: .office, applicant: .reference("a"))),
                .booking(booking, .confirm), .booking(booking, .release),
                .booking(booking, .cancel(by: .office, reason: "")), .booking(booking, .arrive),
                .reschedule(booking, to: date, start: .midnight),
                .joinWaitingList(
                    WaitingWish(
                        date: date, from: .midnight, to: .midnight, who: .booking(booking))),
                .waiting(waiting, .leave), .waiting(waiting, .answer(.accept)),
                .changeOffice(OfficeChangeCommand(change: .recalculate(office), dryRun: true)),
            ] + day.map { .today(office, $0) }
        let applications: [ApplicationCommand] =
            [.accept(handIn), .decline(handIn)] + actions.map { .act(application, $0) }
        return questions + commands.map { .command(id, $0) }
            + applications.map { .applicationCommand(id, $0) } + visits(at: office)
    }

    /// One call on home visits of each kind.
    private static func visits(at area: OfficeID) -> [Call] {
        let visit = HomeVisitID(area: area, number: 1)!
        let crew = CrewID("crew-1")!
        let road = NeedID("bridge")!
        let home = HomePoint(longitude: 71_430_600, latitude: 51_128_200)!
        let commands: [VisitCommand] = [
            .describe(
                VisitArea(
                    id: area, title: LocalizedText(kk: "", ru: "", en: ""), standard: "", kind: "",
                    zone: "", home: home, needs: [], crews: [], duties: [], rules: VisitRules())),
            .offer(OfferCommand(area: area, subject: .again(1))), .promise(visit, start: 0),
            .cancel(visit, by: .office, reason: ""), .report(visit, .done),
            .crew(area, crew, .delayed(minutes: 1)), .openRoad(area, road),
            .closeRoad(area, RoadClosure(name: road, centre: home, radius: 1, extra: 1)!),
            .replan(area, seconds: 1),
        ]
        let questions: [VisitQuestion] = [
            .area(area),
            .windows(
                WindowsQuestion(
                    area: area, place: HomePoint(longitude: 71_000_000, latitude: 51_000_000)!)),
            .visit(visit), .explain(visit), .plan(area, from: nil, days: 1),
        ]
        return commands.map { .visitCommand(RequestID(high: 1, low: 2), $0) }
            + questions.map { .visits($0) } + [.watchVisitPlan(area, since: 0)]
    }

    /// One call of each kind that touches none, as an example of the corpus has it.
    static let others: [Call] = {
        let folder = Repository.root.appendingPathComponent("Fuzz/Corpus/requests")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        let arena = Arena(limit: CallLimit.decodedRequestBytes)
        var found: [CallName: Call] = [:]
        for name in names.sorted() where name.hasPrefix("example-") {
            guard let bytes = try? Data(contentsOf: folder.appendingPathComponent(name)) else {
                continue
            }
            arena.reset()
            guard
                case .request(let request, let name) = bytes.withUnsafeBytes({
                    RequestCodec.decode($0, arena)
                }), name.touches == .nothing
            else { continue }
            found[name] = request.call
        }
        return found.sorted { $0.key.rawValue < $1.key.rawValue }.map(\.value)
    }()

    /// One call of each kind that touches every office.
    static let everywhere: [Call] = [
        .queue(.bookings(BookingsQuestion(office: nil, applicant: .reference("a")))),
        .decree(
            RequestID(high: 1, low: 2), DecreeCommand(calendar: "", dryRun: true)),
        .forgetApplicant(RequestID(high: 1, low: 2), .reference("a")),
        .acceptClock(RequestID(high: 1, low: 2)),
        .applications(
            .punctuality(
                PunctualityQuestion(
                    office: nil, from: CivilDate("2026-03-20")!, to: CivilDate("2026-03-20")!,
                    period: .whole))),
    ]
}
