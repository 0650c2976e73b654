/// A drawing of a graph without circles in layers, in which all edges lead downwards.
///
/// An edge that spans several layers passes a gap in each layer between.
struct LayeredGraph {
    /// A node, or the place where an edge passes a layer.
    private struct Place {
        let name: String?
        var x = 0.0
    }

    /// The rows of names from top to bottom, each from left to right.
    var rows: [[(name: String, x: Double)]] {
        layers.map { layer in
            layer.compactMap { index in places[index].name.map { ($0, places[index].x) } }
        }
    }

    /// The edges, each as the horizontal positions in the layers that it passes, from its first layer on.
    private(set) var edges: [(layer: Int, xs: [Double])] = []

    private var places: [Place] = []
    private var layers: [[Int]] = []
    private var above: [Int: [Int]] = [:]
    private var below: [Int: [Int]] = [:]

    /// Lays out a graph.
    ///
    /// - Parameters:
    ///   - names: The nodes.
    ///   - targets: Returns the nodes to which the edges of a node lead.
    ///   - width: The width of the drawing.
    ///   - nodeWidth: The least distance between two nodes of a row.
    ///   - gapWidth: The least distance between two edges that pass a row.
    init(
        _ names: [String],
        targets: (String) -> [String],
        width: Double,
        nodeWidth: Double,
        gapWidth: Double
    ) {
        var heights: [String: Int] = [:]
        func height(_ name: String) -> Int {
            if let height = heights[name] { return height }
            let height = 1 + (targets(name).map(height).max() ?? -1)
            heights[name] = height
            return height
        }
        let top = names.map(height).max() ?? 0
        layers = Array(repeating: [], count: top + 1)
        var nodes: [String: Int] = [:]
        for name in names { nodes[name] = add(name, to: top - height(name)) }

        var chains: [(layer: Int, places: [Int])] = []
        for name in names {
            for target in targets(name) {
                guard let start = nodes[name], let end = nodes[target] else { continue }
                let first = top - height(name)
                var chain = [start]
                for layer in (first + 1)..<(top - height(target)) { chain.append(add(nil, to: layer)) }
                chain.append(end)
                for (upper, lower) in zip(chain, chain.dropFirst()) {
                    below[upper, default: []].append(lower)
                    above[lower, default: []].append(upper)
                }
                chains.append((first, chain))
            }
        }
        arrange(width: width, nodeWidth: nodeWidth, gapWidth: gapWidth)
        centre(in: width)
        edges = chains.map { chain in (chain.layer, chain.places.map { places[$0].x }) }
    }

    private mutating func add(_ name: String?, to layer: Int) -> Int {
        places.append(Place(name: name))
        layers[layer].append(places.count - 1)
        return places.count - 1
    }

    /// Moves the places of each layer to the middle of their neighbours, alternately of those above and below.
    private mutating func arrange(width: Double, nodeWidth: Double, gapWidth: Double) {
        for layer in layers.indices {
            for (position, place) in layers[layer].enumerated() {
                places[place].x = width * (Double(position) + 0.5) / Double(layers[layer].count)
            }
        }
        for round in 0..<24 {
            let isDownwards = round.isMultiple(of: 2)
            for layer in isDownwards ? Array(layers.indices) : layers.indices.reversed() {
                let wishes = layers[layer].map { place in
                    let neighbours = (isDownwards ? above[place] : below[place]) ?? []
                    let sum = neighbours.reduce(places[place].x) { $0 + 3 * places[$1].x }
                    return (place: place, x: sum / Double(1 + 3 * neighbours.count))
                }
                layers[layer] = wishes.enumerated().sorted { ($0.element.x, $0.offset) < ($1.element.x, $1.offset) }
                    .map(\.element.place)
                for wish in wishes { places[wish.place].x = wish.x }
                separate(layer, width: width, nodeWidth: nodeWidth, gapWidth: gapWidth)
            }
        }
    }

    /// Moves the drawing to the middle of the width.
    private mutating func centre(in width: Double) {
        let xs = places.map(\.x)
        guard let least = xs.min(), let greatest = xs.max() else { return }
        for index in places.indices { places[index].x += (width - least - greatest) / 2 }
    }

    /// Keeps the places of a layer apart, as close to their positions as possible, and within the width.
    private mutating func separate(_ layer: Int, width: Double, nodeWidth: Double, gapWidth: Double) {
        let row = layers[layer]
        let halves = row.map { (places[$0].name == nil ? gapWidth : nodeWidth) / 2 }
        let wishes = row.map { places[$0].x }
        // Once with all overlaps resolved to the right, and once to the left: their mean has no overlap either.
        var (rightmost, leftmost) = (wishes, wishes)
        for index in row.indices.dropFirst() {
            rightmost[index] = max(wishes[index], rightmost[index - 1] + halves[index - 1] + halves[index])
        }
        for index in row.indices.dropLast().reversed() {
            leftmost[index] = min(wishes[index], leftmost[index + 1] - halves[index + 1] - halves[index])
        }
        var xs = zip(rightmost, leftmost).map { ($0 + $1) / 2 }
        var least = 0.0
        for index in row.indices {
            xs[index] = max(xs[index], least + halves[index])
            least = xs[index] + halves[index]
        }
        var greatest = width
        for index in row.indices.reversed() {
            xs[index] = min(xs[index], greatest - halves[index])
            greatest = xs[index] - halves[index]
        }
        for (place, x) in zip(row, xs) { places[place].x = x }
    }
}
