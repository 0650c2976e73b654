import Foundation

/// The cost of a polling rule over all traces, as `poll-cost` prints it in a line with the field `summary`.
package struct RuleFigure: Decodable {
    package var rule: String
    package var mode: String

    /// The geometric mean of the cost over the traces, as a multiple of the lowest possible cost.
    package var mean: Double

    /// The highest cost of a trace, as a multiple of the lowest possible cost.
    package var worst: Double

    private enum CodingKeys: String, CodingKey {
        case rule
        case mode
        case mean = "geometric_mean"
        case worst
    }

    /// Reads lines of JSON. Lines that begin with `#` are comments.
    ///
    /// - Parameter lines: The lines.
    /// - Returns: The figures in their order.
    /// - Throws: ``PictureError`` if a line isn't a figure.
    package static func all(in lines: String) throws(PictureError) -> [RuleFigure] {
        var figures: [RuleFigure] = []
        for line in lines.split(separator: "\n") where !line.hasPrefix("#") {
            do {
                figures.append(try JSONDecoder().decode(RuleFigure.self, from: Data(line.utf8)))
            } catch {
                throw PictureError("a line isn't a figure of poll-cost: \(line)")
            }
        }
        return figures
    }
}
