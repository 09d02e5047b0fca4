// SPDX-License-Identifier: Apache-2.0

import Enquiries
import KezekClient
import TestKit
import Testing
import Texts

@testable import kezek

/// A server's notices answer no call, so they are in English; a command tells them in its language.
@Suite struct NoticeTests {
    private static let notices: [(String, Refusal.Reason)] = [
        ("The server has all the connections it takes; retry later.", .tooManyConnections),
        (
            "This access has 1 connection open, as many as it may have; close one, or retry later.",
            .tooManyConnections
        ),
        (
            "This access has 256 connections open, as many as it may have; close one, or retry later.",
            .tooManyConnections
        ),
        ("The frame is longer than 1048576 bytes; send less at once.", .frameTooLarge),
        (
            "A frame before 'authenticate' has at most 4096 bytes; say first who is calling.",
            .frameTooLarge
        ),
    ]

    @Test(arguments: notices)
    func noticesAreToldInTheLanguageOfTheCommand(_ text: String, _ reason: Refusal.Reason) {
        let error = ClientError.refused(Refusal(reason, text))
        var told: Set<String> = []
        for language in Language.allCases {
            let end = CommandEnd(error, Manner([], language: language))
            told.insert(end.text)
            #expect((language == .en) == end.text.contains(text), "\(end.text)")
        }
        #expect(told.count == 3)
    }

    /// They are the words of the server.
    @Test func theServerSaysThem() throws {
        let source = try Repository.swiftFiles("Sources/KezekServer")
            .map(Repository.text).joined()
            .replacing(/"\s+\+ "/, with: "").replacing(/\\\([^"]*\)/, with: "{}")
        for (text, _) in Self.notices {
            // What stands before and behind a number.
            for part in text.split(separator: /\d+ connections?|\d+/) {
                #expect(source.contains(part), "\(part)")
            }
        }
    }
}
