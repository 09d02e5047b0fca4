// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Parties

/// Why a command on home visits was not carried out; nothing has changed.
public enum VisitRefusal: Error, Hashable, Sendable {
    /// With the areas that there are.
    case unknownArea(OfficeID, known: [OfficeID])
    /// The area's standard, kind of office or zone is not known, or no calendar covers it.
    case unknownTerms(String)
    /// The description of an area, or a field of a command, is not sound.
    case fault(AreaFault)
    /// What the crew needs to find whom it visits, and whoever calls them, is missing.
    case withoutWords([PersonWords.Field])
    /// The place is too far from the area's home for any crew; whether it would not be with its two numbers
    /// the other way round.
    case tooFar(kilometres: Int, isSwapped: Bool)
    case unknownVisit(UInt32)
    /// With the crews that the area has.
    case unknownCrew(CrewID, known: [CrewID])
    /// With the needs that the area knows.
    case unknownNeed(NeedID, known: [NeedID])
    /// With the roads that are closed.
    case unknownClosure(NeedID, known: [NeedID])
    /// The crew has no shift on that date, or today.
    case noShift(CrewID, on: CivilDate)
    /// The crew is absent on the date already, or is not.
    case crewIs(CrewID, absent: Bool, on: CivilDate)
    /// The applicant has another visit that is not over.
    case alreadyAsked(UInt32)
    /// The visit's state allows it no more.
    case visitIs(HomeVisit.State, UInt32)
    /// It is promised, and the plan has no place for it any more.
    case withoutPlace(UInt32)
    /// No window that was offered starts then.
    case notAWindow(Int64)
    /// The window was not held, and is gone; others may be offered.
    case windowGone(VisitWindow)
    /// What was promised to these others could not be kept then.
    case breaksPromises([UInt32])
    /// No crew is to come to the visit on the present day, and none was named that tells of it.
    case notToday(UInt32)
    /// Nobody has published the calendar of the year, so that nobody knows who works then.
    case yearNotPublished(Int, calendar: String)
    case tooManyClosures
    /// The area has as many visits as a plan can have.
    case full
    /// The person is forgotten, so that nobody knows where to go.
    case forgotten(UInt32)
}
