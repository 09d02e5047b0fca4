// SPDX-License-Identifier: Apache-2.0

public import Applications
public import CivilTime
public import Enquiries
import ServiceStandards
public import Texts

extension Library {
    /// Papers beside the list of what their standard asks for, on a day; by default today.
    ///
    /// - Throws: the refusal of an unknown standard, group or document, or of a document that is shown twice.
    public func intake(
        _ question: IntakeCheckQuestion, in language: Language, now: Timestamp
    ) throws(ApplicationFault) -> IntakeAnswer {
        guard let standard = standards[question.standard], let zone = zone(standard.zone) else {
            throw .answered(unknownStandard(question.standard, in: language))
        }
        let date = question.on ?? zone.civil(at: now).date
        do throws(IntakeFault) {
            return try standard.check(question.documents, of: question.profile, on: date)
                .answer(in: language, standard)
        } catch { throw .refused(.intake(error)) }
    }
}
