// SPDX-License-Identifier: Apache-2.0

import KezekVisitFiles
import Texts
import VisitChecking
import Visits

/// What the commands that plan and check files of visits say, in the reader's language.
struct VisitWords: Wording {
    let language: Language

    /// How many of the visits are paid, in how many shifts.
    func paid(_ paid: Int, of visits: Int, in shifts: Int) -> String {
        let (all, used) = (language.count(visits, .visit), language.count(shifts, .shift))
        return pick(
            "\(all) ішінен \(paid) орындалады, \(used)",
            "выполняется \(paid) из \(visits), \(used)",
            "\(paid) of \(all) in \(used)")
    }

    func seconds(_ count: Int) -> String { pick("\(count) с", "\(count) с", "\(count) s") }

    func onTheWay(_ seconds: String) -> String {
        pick("жолда \(seconds) с", "\(seconds) с в пути", "\(seconds) s on the way")
    }

    func distance(_ amount: String) -> String {
        pick("қашықтық \(amount)", "расстояние \(amount)", "\(amount) distance")
    }

    func ofTheWay(_ amount: String) -> String {
        pick("жолда \(amount)", "\(amount) в пути", "\(amount) on the way")
    }

    func ofWaiting(_ amount: String) -> String {
        pick("күтуде \(amount)", "\(amount) ожидания", "\(amount) of waiting")
    }

    func ofVisits(_ amount: String) -> String {
        pick("шақыруларда \(amount)", "\(amount) на выездах", "\(amount) of visits")
    }

    func moved(_ count: Int) -> String {
        pick(
            "басқа бригадаға не күнге ауыстырылғаны: \(count)",
            "перенесено к другой бригаде или на другой день: \(count)",
            "\(count) moved to another crew or day")
    }

    func dropped(_ count: Int) -> String {
        pick("қалдырылғаны: \(count)", "выпало: \(count)", "\(count) dropped")
    }

    var fault: String { pick("қате", "ошибка", "fault") }
    var noFault: String { pick("қате жоқ", "ошибок нет", "no fault") }
    var unassigned: String { pick("тағайындалмаған", "не назначены", "unassigned") }

    /// How far a search has come, by the unit of an instance if it is of one.
    func progress(_ seconds: Int, _ progress: SearchProgress, of instance: Instance?) -> String {
        let shifts = language.count(progress.shiftsUsed, .shift)
        let way =
            instance.map { distance($0.told(progress.travel)) } ?? onTheWay("\(progress.travel)")
        let out = progress.unassigned
        return self.seconds(seconds)
            + pick(
                ": \(way), \(shifts), тағайындалмағаны — \(out)",
                ": \(way), \(shifts), не назначено: \(out)",
                ": \(way), \(shifts), \(out) unassigned")
    }

    func fairness(_ told: FairnessTold) -> String {
        let (now, before) = (shares(told.shares), shares(told.without))
        let more = seconds(abs(told.extraTravel))
        let isLess = told.extraTravel < 0
        return pick(
            "\(now), ол үшін жол \(more) \(isLess ? "азайды" : "көбейді"); онсыз \(before)",
            "\(now), за это \(more) \(isLess ? "меньше" : "больше") в пути; без этого \(before)",
            "\(now), for \(more) \(isLess ? "less" : "more") on the way; without it \(before)")
    }

    private func shares(_ shares: FairnessTold.Shares) -> String {
        let (fewest, most, minutes) = (shares.fewest, shares.most, shares.spreadSeconds / 60)
        return pick(
            "бригадаға \(fewest)–\(most) шақыру, жұмыс айырмасы \(minutes) мин",
            "от \(fewest) до \(most) выездов на бригаду, разница в работе \(minutes) мин",
            "\(fewest) to \(most) visits a crew, \(minutes) min of work apart")
    }

    /// Why nobody pays a visit of a week, or of an instance, which has no seconds.
    func why(_ unpaid: UnpaidReason, ofInstance: Bool = false) -> String {
        switch unpaid.reason {
        case "breaks":
            pick(
                "сол кезде жұмыстағы көліктердің үзілістері олардың жұмыс уақытына сыймайды",
                "у работающих в это время машин перерывы не помещаются в их часы",
                "the vehicles at work then cannot take their breaks within their hours")
        case "noShift":
            pick(
                "басталуы мүмкін кезде ешбір көлік жұмыста емес",
                "когда его можно начать, ни одна машина не работает",
                "no vehicle is at work when it may start")
        case "busy":
            pick(
                "бара алатын көліктер бастағанымен жұмыс уақыты біткенше бос емес",
                "машины, которые могли бы, заняты начатым до конца своих часов",
                "the vehicles that could are busy with what they have begun until after their hours"
            )
        case "avoided":
            pick(
                "сол кезде жұмыстағы көліктерге ол тапсырылмайды",
                "работающим в это время машинам его поручать нельзя",
                "the vehicles at work then must not, or may not, pay it")
        case "skill":
            pick(
                "тапсыруға болатын көліктердің ешқайсысында керек біліктіліктің бәрі жоқ",
                "ни у одной подходящей машины нет всех нужных навыков",
                "no vehicle that may pay it has all its skills")
        case "load":
            pick(
                "бара алатын көліктердің ешқайсысында тағы бір шақыруға не оның жүгіне орын жоқ",
                "ни у одной подходящей машины нет места ещё для одного или для его груза",
                "no vehicle that could has room for one more, or its load")
        case "noWay":
            pick(
                "бара алатын көліктердің ешқайсысында оған баратын және одан әрі кететін жол жоқ",
                "ни у одной подходящей машины нет пути туда и оттуда дальше",
                "no vehicle that could has a way there and on from there")
        case "pastDue":
            pick(
                "тек мерзімінен кейін аяқталар еді", "он мог бы кончиться только после срока",
                "it could only end after it is due")
        case "slack":
            slack(unpaid.vehicle ?? 0, unpaid.missing ?? 0, ofInstance)
        default:
            pick(
                "оған орын бар; ұзағырақ іздеңіз", "место для него есть; ищите дольше",
                "there is room for it; search longer")
        }
    }

    private func slack(_ vehicle: Int, _ missing: Double, _ ofInstance: Bool) -> String {
        let amount = ofInstance ? "\(missing)" : seconds(Int(missing))
        return pick(
            "ең қолайлы орынға (\(vehicle)-көлік) \(amount) жетпейді",
            "лучшему месту, у машины \(vehicle), не хватает \(amount)",
            "the best place, with vehicle \(vehicle), lacks \(amount)")
    }

    func notTakenOver(_ refusal: StartRefusal) -> String {
        switch refusal {
        case .unknownShift(let shift):
            pick(
                "ескерілмеді: есепте \(shift.number)-ауысым жоқ",
                "не перенято: смены \(shift.number) в задаче нет",
                "not taken over: shift \(shift.number) is not in the problem")
        case .repeatedShift(let shift):
            pick(
                "ескерілмеді: \(shift.number)-ауысым екі рет бар",
                "не перенято: смена \(shift.number) стоит дважды",
                "not taken over: shift \(shift.number) is there twice")
        case .broken(let shift):
            pick(
                "ескерілмеді: \(shift.number)-ауысымның бағытын сол күйі сақтау мүмкін емес",
                "не перенято: маршрут смены \(shift.number) нельзя оставить как есть",
                "not taken over: the route of shift \(shift.number) cannot be kept as it is")
        }
    }
}

extension PlanFault {
    /// Where it is and what is wrong, in the language of whoever reads it, by the units of an instance if the
    /// problem is one.
    func words(of instance: Instance?) -> Phrase {
        let description = instance.flatMap(told).map(sentence) ?? self.description
        guard let end = description.firstRange(of: ": ") else {
            return Phrase(sentence: description)
        }
        let place = Phrase(sentence: String(description[..<end.lowerBound]))
        return "\(place): \(Phrase(sentence: String(description[end.upperBound...])))"
    }

    /// By how much, in the units of an instance if the problem is one; nil if the fault has no amount.
    func amount(of instance: Instance?) -> Double? {
        guard let amount else { return nil }
        return instance.flatMap(told).flatMap { Double($0) } ?? Double(amount)
    }

    /// The amount in the units of an instance; nil if it is none of its times or loads.
    private func told(_ instance: Instance) -> String? {
        guard let amount else { return nil }
        return switch kind.measure {
        case .seconds: instance.told(amount)
        case .loads: instance.told(load: amount)
        case .visits, nil: nil
        }
    }
}
