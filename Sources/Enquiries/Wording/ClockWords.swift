// SPDX-License-Identifier: Apache-2.0

import ServiceStandards
import Texts

/// What is told of a clock in one language whatever is asked: put into words once, with its standard.
final class ClockWords: Sendable {
    /// The id of the rule that sets the term.
    let rule: String
    let policies: [Proof.AppliedPolicy]
    /// The fixed parts of the sentence: before the moment of the acceptance, between it and the end, and
    /// behind all that is told of the days, with a space before each part.
    let head: String
    let middle: String
    let tail: String
    /// Room in UTF-8 that the three take.
    let size: Int
    /// By the stage and by the place of the term that decides it.
    let stages: [[StageWords]]

    init(_ plan: ClockPlan, _ standard: ServiceStandard, _ language: Language) {
        let channel = plan.channel
        rule = channel.termRule.rule.description
        let policies = channel.policies.compactMap { name in
            standard.policies.first { $0.name == name }
        }.map { policy in
            Proof.AppliedPolicy(
                name: policy.name, value: policy.value, text: policy.text[language],
                source: policy.rule.map { standard.citation($0, in: language).description })
        }
        self.policies = policies
        let label =
            channel.event?[language]
            ?? (plan.startsAtReception
                ? language.pick("Қабылданды", "Принято", "Accepted")
                : language.pick("Басталуы", "Начало", "Starts"))
        let term = channel.stages.map { stage in
            language.term(stage) { rule in
                "\(language.term(rule.term)) "
                    + standard.citation(rule.rule, in: language).inBrackets
            }
        }.joined(separator: language.pick(", содан кейін ", ", затем ", ", then "))
        head = "\(label): "
        middle = language.pick(
            ". Мерзім: \(term). Аяқталуы: ", ". Срок: \(term). Исполнить не позднее: ",
            ". Term: \(term). Due by: ")
        tail = policies.map { " \($0.text)" + ($0.source.map { " (\($0))" } ?? "") }.joined()
        size = head.utf8.count + middle.utf8.count + tail.utf8.count
        stages = channel.stages.indices.map { stage in
            channel.stages[stage].rules.map {
                StageWords(plan, standard, language, stage: stage, rule: $0)
            }
        }
    }

    /// Those of a clock in each language.
    struct InEach: Sendable {
        private let kk: ClockWords
        private let ru: ClockWords
        private let en: ClockWords

        init(_ plan: ClockPlan, _ standard: ServiceStandard) {
            kk = ClockWords(plan, standard, .kk)
            ru = ClockWords(plan, standard, .ru)
            en = ClockWords(plan, standard, .en)
        }

        subscript(language: Language) -> ClockWords {
            switch language {
            case .kk: kk
            case .ru: ru
            case .en: en
            }
        }
    }
}
