import FetchCore
import Foundation
import Testing

/// Tests that the exposure scenarios collect a value of every public type.
@Suite("Public type coverage") struct PublicTypeCoverageTests {
    /// Returns the types of the values that the two scenarios collect.
    private func collectedTypes() async throws -> Set<String> {
        let inMemory = try await ExposureScenario(key: "sk-canary-0123456789", authorization: .bearer).collectedValues()
        var sockets: [CollectedValue] = []
        for scenario in try SocketExposureScenario.all(key: "sk-canary-0123456789") {
            sockets += try await scenario.collectedValues()
        }
        return Set((inMemory + sockets).map(\.type))
    }

    @Test(.enabled(if: PublicTypes.canBeListed, "The compiled modules are at another path on this platform."))
    func `every public type of the symbol graphs is covered`() async throws {
        let types = try PublicTypes.built().names
        let collected = try await collectedTypes()
        #expect(types.count > 80)
        let missing = types.subtracting(collected).subtracting(ExposureScenario.unavailableTypes).sorted()
        #expect(missing.isEmpty, "Collect a value of each in an ExposureScenario: \(missing)")
    }
}
