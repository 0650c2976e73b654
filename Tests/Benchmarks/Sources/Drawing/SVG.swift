import Foundation

/// An SVG document, built from shapes in drawing order.
///
/// Coordinates and lengths are in pixels. Classes are those of ``stylesheet``, which has colours for light and dark
/// backgrounds.
package struct SVG {
    /// The horizontal alignment of a text.
    package enum Anchor: String {
        case start
        case middle
        case end
    }

    private let title: String
    private let description: String
    private let width: Double
    private let height: Double
    private var elements: [String] = []

    /// Creates an empty document.
    ///
    /// - Parameters:
    ///   - title: The subject, in a few words.
    ///   - description: The content for readers who can't see the picture.
    ///   - width: The width.
    ///   - height: The height.
    package init(title: String, description: String, width: Double, height: Double) {
        self.title = title
        self.description = description
        self.width = width
        self.height = height
    }

    package mutating func text(
        _ text: String,
        x: Double,
        y: Double,
        anchor: Anchor = .start,
        class style: String = "ink"
    ) {
        let alignment = anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\""
        let spaces = text.contains("  ") ? " xml:space=\"preserve\"" : ""
        elements.append(
            "<text class=\"\(style)\" x=\"\(Self.number(x))\" y=\"\(Self.number(y))\"\(alignment)\(spaces)>"
                + "\(Self.escaped(text))</text>"
        )
    }

    package mutating func rectangle(
        x: Double,
        y: Double,
        width: Double,
        height: Double,
        radius: Double = 6,
        class style: String
    ) {
        let corners = radius > 0 ? " rx=\"\(Self.number(radius))\"" : ""
        elements.append(
            "<rect class=\"\(style)\" x=\"\(Self.number(x))\" y=\"\(Self.number(y))\""
                + " width=\"\(Self.number(width))\" height=\"\(Self.number(height))\"\(corners)/>"
        )
    }

    package mutating func circle(x: Double, y: Double, radius: Double, class style: String) {
        elements.append(
            "<circle class=\"\(style)\" cx=\"\(Self.number(x))\" cy=\"\(Self.number(y))\" r=\"\(Self.number(radius))\"/>"
        )
    }

    /// Draws straight lines through points, with rounded corners.
    package mutating func line(through points: [Point], radius: Double = 0, class style: String = "line") {
        guard let first = points.first, let last = points.last, points.count > 1 else { return }
        var path = "M\(first)"
        for index in points.indices.dropFirst().dropLast() {
            let corner = points[index]
            guard radius > 0 else {
                path += "L\(corner)"
                continue
            }
            path += "L\(corner.moved(by: radius, towards: points[index - 1]))"
            path += "Q\(corner) \(corner.moved(by: radius, towards: points[index + 1]))"
        }
        elements.append("<path class=\"\(style)\" d=\"\(path)L\(last)\"/>")
    }

    /// Draws an arrow through points, with rounded corners.
    package mutating func arrow(through points: [Point], radius: Double = 10) {
        line(through: points, radius: radius, class: "line arrow")
    }

    /// Draws a smooth curve that passes points from top to bottom.
    package mutating func descendingArrow(through points: [Point]) {
        guard let first = points.first else { return }
        var path = "M\(first)"
        for (start, end) in zip(points, points.dropFirst()) {
            let middle = (start.y + end.y) / 2
            path += "C\(Point(start.x, middle)) \(Point(end.x, middle)) \(end)"
        }
        elements.append("<path class=\"line arrow\" d=\"\(path)\"/>")
    }

    /// The document as a string. Equal pictures have equal strings.
    package var document: String {
        let size = "\(Self.number(width)) \(Self.number(height))"
        let lines =
            [
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(size)\" width=\"\(Self.number(width))\""
                    + " height=\"\(Self.number(height))\" role=\"img\" aria-labelledby=\"title description\">",
                "<title id=\"title\">\(Self.escaped(title))</title>",
                "<desc id=\"description\">\(Self.escaped(description))</desc>",
                "<style>", Self.stylesheet, "</style>",
                "<defs><marker id=\"head\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\""
                    + " orient=\"auto\"><path class=\"head\" d=\"M0 0L8 4L0 8z\"/></marker></defs>",
                "<rect class=\"paper\" width=\"\(Self.number(width))\" height=\"\(Self.number(height))\" rx=\"8\"/>",
            ] + elements + ["</svg>"]
        return lines.joined(separator: "\n") + "\n"
    }

    /// Returns a number with at most one decimal place.
    static func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        let fraction = abs(tenths % 10)
        let sign = tenths < 0 && tenths > -10 ? "-" : ""
        return fraction == 0 ? "\(tenths / 10)" : "\(sign)\(tenths / 10).\(fraction)"
    }

    static func escaped(_ text: String) -> String {
        text.replacingOccurrences(of: "&", with: "&amp;")
            .replacingOccurrences(of: "<", with: "&lt;")
            .replacingOccurrences(of: ">", with: "&gt;")
    }

    /// The styles of all pictures. A viewer without support for colour schemes shows the light one.
    private static let stylesheet = """
        text { font: 13px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; }
        .code { font: 13px ui-monospace, SFMono-Regular, Menlo, "DejaVu Sans Mono", monospace; white-space: pre; }
        .bold { font-weight: 600; }
        .small { font-size: 11.5px; }
        .paper { fill: #ffffff; }
        .ink { fill: #1f2328; }
        .muted { fill: #59636e; }
        .box { fill: #f3f6fa; stroke: #8c959f; stroke-width: 1; }
        .line { fill: none; stroke: #59636e; stroke-width: 1.4; stroke-linejoin: round; }
        .arrow { marker-end: url(#head); }
        .head { fill: #59636e; }
        .grid { fill: none; stroke: #d1d9e0; stroke-width: 1; }
        .band { fill: #dde7f3; }
        .blue { fill: #0969da; }
        .orange { fill: #bc4c00; }
        .green { fill: #1a7f37; }
        .gray { fill: #818b98; }
        .line.blue { fill: none; stroke: #0969da; }
        .line.orange { fill: none; stroke: #bc4c00; }
        .line.green { fill: none; stroke: #1a7f37; }
        .line.gray { fill: none; stroke: #818b98; }
        .badge { fill: #0969da; }
        .onBadge { fill: #ffffff; font-size: 11px; font-weight: 600; }
        @media (prefers-color-scheme: dark) {
        .paper { fill: #0d1117; }
        .ink { fill: #e6edf3; }
        .muted { fill: #9198a1; }
        .box { fill: #161b22; stroke: #6e7681; }
        .line { stroke: #9198a1; }
        .head { fill: #9198a1; }
        .grid { stroke: #30363d; }
        .band { fill: #1c2b3f; }
        .blue { fill: #58a6ff; }
        .orange { fill: #f0883e; }
        .green { fill: #3fb950; }
        .gray { fill: #6e7681; }
        .line.blue { stroke: #58a6ff; }
        .line.orange { stroke: #f0883e; }
        .line.green { stroke: #3fb950; }
        .line.gray { stroke: #6e7681; }
        .badge { fill: #58a6ff; }
        .onBadge { fill: #0d1117; }
        }
        """
}
