import ArgumentParser
import FetchCore
import FetchJobs
import Foundation

/// The program `fetchkit`: parses the command line, runs the command, and exits with its status.
package enum FetchKitTool {
    /// Runs the command line of the process, and exits.
    package static func main() async -> Never {
        let status = await run(Array(CommandLine.arguments.dropFirst()))
        exit(status.rawValue)
    }

    private static func run(_ arguments: [String]) async -> ExitStatus {
        if arguments.first == "help", arguments.count == 2, let topic = HelpTopic(rawValue: arguments[1]) {
            Console.print(topic.text)
            return .succeeded
        }
        do {
            var command = try RootCommand.parseAsRoot(arguments)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            return .succeeded
        } catch {
            return report(error)
        }
    }

    /// Prints why a command ended, and returns its status. ArgumentParser's own status of a usage error is 64.
    private static func report(_ error: any Error) -> ExitStatus {
        switch error {
        case let status as ExitStatus: return status
        case let error as UsageError:
            Console.printError("Error: \(error.message)")
            return .usage
        case let error as JobStoreError:
            Console.printError("Error: \(error)".printable)
            return .otherError
        case let error as FetchError:
            Console.printError("Error: \(error)".printable)
            return .otherError
        default: break
        }
        let text = RootCommand.fullMessage(for: error)
        switch RootCommand.exitCode(for: error) {
        case .success:
            Console.print(text)
            return .succeeded
        case .validationFailure:
            Console.printError(text)
            return .usage
        default:
            Console.printError(text)
            return .otherError
        }
    }
}
