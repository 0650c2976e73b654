import FetchCore
import Foundation
import Testing

/// The sweep leaves no public type out.
struct PublicTypesTests {
    /// Those that the two sweeps look at.
    private func sweptTypes() async throws -> Set<String> {
        let encounter = try await Encounter(key: "sk-canary-0123456789", way: .bearer).specimens()
        var sockets: [Specimen] = []
        for encounter in try SocketEncounter.all(key: "sk-canary-0123456789") {
            sockets += try await encounter.specimens()
        }
        return Set((encounter + sockets).map(\.type))
    }

    @Test(.enabled(if: PublicTypes.canBeListed, "The compiler's modules lie elsewhere on this platform."))
    func `The sweep covers every public type of the symbol graphs`() async throws {
        let types = try PublicTypes.built().names
        let swept = try await sweptTypes()
        #expect(types.count > 80)
        let missing = types.subtracting(swept).sorted()
        #expect(missing.isEmpty, "Add a specimen of each to an Encounter: \(missing)")
    }
}
