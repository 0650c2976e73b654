/// A part of FetchKit that processes untrusted input.
package protocol FuzzTarget: Sendable {
    /// The type of input.
    associatedtype Input: Sendable

    /// The name on the command line and in reports. It is part of the seed.
    var name: String { get }

    /// Generates an input, which must depend only on the random numbers.
    func input(_ random: inout SeededRandom) -> Input

    /// Returns a printable description of an input.
    func description(of input: Input) -> String

    /// Processes an input with FetchKit and checks the invariants.
    ///
    /// - Parameter input: The input.
    /// - Returns: The kind of outcome, for the statistics.
    /// - Throws: ``Violation`` if an invariant is violated.
    func outcome(of input: Input) async throws -> String
}
