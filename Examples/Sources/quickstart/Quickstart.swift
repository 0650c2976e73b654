import ArgumentParser
import FetchCore
import Foundation
import PlatformTransport

/// A program that polls jobs submitted elsewhere. Without arguments it polls four jobs of a simulated ModelsLab.
@main
enum Quickstart {
    static func main() async {
        do {
            let arguments = try Arguments.parse()
            let status = arguments.jobs.isEmpty ? try await pollSimulation(arguments) : try await poll(arguments)
            exit(status.rawValue)
        } catch {
            exit(report(error).rawValue)
        }
    }

    /// Polls jobs of the real servers, or of the one at `--base-url`.
    private static func poll(_ arguments: Arguments) async throws -> ExitStatus {
        let registry = try arguments.registry()
        let events = JobEvents()
        let transport = try PlatformTransport.shared()
        let client = try FetchClient(
            registry: registry,
            transport: transport,
            credentials: .environment,
            configuration: FetchClient.Configuration(
                policy: arguments.policy,
                observer: events,
                origins: arguments.origins(for: registry.providers)
            )
        )
        let jobs = try arguments.references(in: registry)
        let folder = try arguments.folder(transport, trusting: arguments.baseOrigin())
        let polling = events.poll(jobs, with: client, savingTo: folder)
        return await show(polling, of: jobs, format: arguments.format)
    }

    /// Polls jobs of a simulated server in this process, which needs no account.
    private static func pollSimulation(_ arguments: Arguments) async throws -> ExitStatus {
        let simulation = try Simulation(servesFiles: arguments.save != nil)
        defer { simulation.stop() }
        let events = JobEvents()
        let transport = try PlatformTransport.shared()
        let client = try FetchClient(
            registry: .modelsLab(),
            transport: transport,
            credentials: simulation.credentials,
            configuration: FetchClient.Configuration(
                policy: arguments.policy,
                observer: events,
                origins: simulation.origins
            )
        )
        let folder = try arguments.folder(transport, trusting: simulation.origin)
        let isText = arguments.format == .text
        if isText { Console.print(simulation.introduction) }
        let polling = events.poll(simulation.jobs, with: client, savingTo: folder)
        let status = await show(polling, of: simulation.jobs, format: arguments.format)
        if isText { Console.print(simulation.conclusion) }
        return status
    }

    /// Shows the events of jobs until all of them have ended.
    private static func show(
        _ events: AsyncStream<JobEvent>,
        of jobs: [JobReference],
        format: Arguments.Format
    ) async -> ExitStatus {
        let output = format.output(for: jobs)
        let animation = Task { await output.animate() }
        var status = ExitStatus.succeeded
        for await event in events {
            await output.show(event)
            status = max(status, ExitStatus(event))
        }
        animation.cancel()
        await animation.value
        await output.finish()
        return status
    }

    /// Prints the reason why no job was polled, or the help text.
    private static func report(_ error: any Error) -> ExitStatus {
        if let error = error as? ManifestRegistrationError {
            Console.printError("Error: \(error.message)")
            return .usage
        }
        let text = Arguments.fullMessage(for: error)
        switch Arguments.exitCode(for: error) {
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
