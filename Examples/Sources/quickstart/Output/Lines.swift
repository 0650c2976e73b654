import FetchCore
import Foundation

/// An output that prints one line for each event, for files, pipes and simple terminals.
struct Lines: Output {
    private let nameWidth: Int

    init(_ jobs: [JobReference]) {
        nameWidth = jobs.map(\.description.printable.count).max() ?? 0
    }

    func show(_ event: JobEvent) {
        let name = event.job.description.printable
        let padding = String(repeating: " ", count: max(nameWidth - name.count, 0))
        switch event.kind {
        case .update(let update):
            Console.print("\(name)\(padding)  \(update.elapsed.rounded) s  \(update.summary)")
            for line in update.outcome { Console.print("  \(line)") }
        case .retry(let retry):
            Console.print("\(name)\(padding)  \(retry.elapsed.rounded) s  \(retry.summary)")
        case .saving: break
        case .saved(let result):
            Console.print("\(name)\(padding)  \(result.summary)")
            for line in result.outcome { Console.print("  \(line)") }
            for error in result.errors { Console.printError(error.description.printable) }
        case .error(let error):
            Console.printError(error.description.printable)
        }
    }
}
