// SPDX-License-Identifier: Apache-2.0

import Foundation
import KezekVisitFiles
import Testing
import Texts

/// Files of places with the ways between them.
@Suite struct PlaceWaysTests {
    private func read(_ text: String) throws(VisitFileFault) -> PlaceWays {
        try PlaceWays.read(Data(text.utf8))
    }

    @Test func placesAreReadWithTheirWays() throws {
        let ways = try read(
            """
            {"places": [[71.4306, 51.1282], [71.45970004, 51.1642]],
             "seconds": [[0, 612], [640, null]]}
            """)
        #expect(
            ways.places == [
                Coordinate(longitude: 71.4306, latitude: 51.1282)!,
                Coordinate(longitude: 71.4597, latitude: 51.1642)!,
            ])
        #expect(ways.seconds == [0, 612, 640, nil])
        #expect(try read(#"{"places": [], "seconds": []}"#).places.isEmpty)
    }

    @Test(arguments: [
        ("", "not JSON"), ("[]", "an object is expected"), ("{}", "places: is missing"),
        (#"{"places": [[71, 51]]}"#, "seconds: is missing"),
        (#"{"places": [[71, 51]], "seconds": []}"#, "1 rows are expected"),
        (#"{"places": [[71, 51]], "seconds": [[]]}"#, "seconds[0]: 1 numbers are expected"),
        (#"{"places": [[71, 51]], "seconds": [[0, 1]]}"#, "seconds[0]: 1 numbers are expected"),
        (#"{"places": [[71, 51]], "seconds": [[-1]]}"#, "seconds[0][0]: 0 to 86400"),
        (#"{"places": [[71, 51]], "seconds": [[86401]]}"#, "seconds[0][0]: 0 to 86400"),
        (#"{"places": [[71, 51]], "seconds": [[1.5]]}"#, "seconds[0][0]: a whole number"),
        (#"{"places": [[71, 51]], "seconds": [["1"]]}"#, "seconds[0][0]: a number"),
        (#"{"places": [[51, 171]], "seconds": [[0]]}"#, "places[0]: a longitude"),
        (#"{"places": [[71]], "seconds": [[0]]}"#, "places[0]: a longitude"),
        (
            #"{"places": [[71, 51], [71.00000001, 51]], "seconds": [[0, 0], [0, 0]]}"#,
            "places[1]: the place is there already"
        ),
        (#"{"places": [], "seconds": [], "speed": 1}"#, "speed: 'places' and 'seconds'"),
    ])
    func whatIsWrongIsToldByField(_ text: String, _ words: String) {
        let fault = #expect(throws: VisitFileFault.self) { _ = try read(text) }
        #expect(fault?.description.contains(words) == true, "\(fault?.description ?? "")")
        #expect(fault?.words.isTranslated == true, "\(fault?.description ?? "")")
    }

    @Test func thereAreNotTooManyPlaces() {
        let places = (0...PlaceWays.placeLimit).map { "[71, \(Double($0) / 1e4)]" }.joined(
            separator: ",")
        let fault = #expect(throws: VisitFileFault.self) {
            _ = try read("{\"places\": [\(places)], \"seconds\": []}")
        }
        #expect(
            fault?.description
                == "places[\(PlaceWays.placeLimit)]: more than \(PlaceWays.placeLimit) places")
    }
}
