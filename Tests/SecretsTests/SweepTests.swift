import FetchCore
import SecretSearch
import Testing

/// Whatever has come into contact with the key, nobody who prints, dumps, reflects, localizes or encodes it sees the key.
struct SweepTests {
    static let ways: [Authorization] = [.bearer, .header("X-Api-Key"), .query("key"), .jsonBody("key")]

    @Test(arguments: CanaryKey.all, ways)
    func `No value of a public type shows the key`(key: String, way: Authorization) async throws {
        let specimens = try await Encounter(key: key, way: way).specimens()
        var shown: Set<String> = []
        for specimen in specimens where specimen.disclosure.shows(key) { shown.insert(specimen.type) }
        #expect(shown.isEmpty, "They show the key: \(shown.sorted())")
    }
}
