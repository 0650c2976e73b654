/// A door of FetchKit through which anything may come.
package protocol FuzzTarget: Sendable {
    /// What comes through it.
    associatedtype Input: Sendable

    /// What the target is called.
    var name: String { get }

    /// The input that the dice make. It depends on nothing else.
    func input(_ dice: inout Dice) -> Input

    /// The input as it is printed when it broke something.
    func shown(_ input: Input) -> String

    /// Has FetchKit take the input.
    ///
    /// - Returns: What became of it, in a word that is counted.
    /// - Throws: ``Violation`` where FetchKit did what it never may.
    func outcome(of input: Input) async throws -> String
}
