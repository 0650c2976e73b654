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
        let client = try FetchClient(
            registry: registry,
            transport: PlatformTransport.shared(),
            credentials: .environment,
            configuration: FetchClient.Configuration(
                policy: arguments.policy,
                origins: arguments.origins(for: registry.providers)
            )
        )
        return await show(try arguments.references(in: registry), with: client, format: arguments.format)
    }

    /// Polls jobs of a simulated server in this process, which needs no account.
    private static func pollSimulation(_ arguments: Arguments) async throws -> ExitStatus {
        let simulation = try Simulation()
        defer { simulation.stop() }
        let client = try FetchClient(
            registry: .modelsLab(),
            transport: PlatformTransport.shared(),
            credentials: simulation.credentials,
            configuration: FetchClient.Configuration(policy: arguments.policy, origins: simulation.origins)
        )
        let isText = arguments.format == .text
        if isText { Console.print(simulation.introduction) }
        let status = await show(simulation.jobs, with: client, format: arguments.format)
        if isText { Console.print(simulation.conclusion) }
        return status
    }

    /// Polls the jobs and shows their events until all of them have ended.
    private static func show(
        _ jobs: [JobReference],
        with client: FetchClient,
        format: Arguments.Format
    ) async -> ExitStatus {
        let output = format.output(for: jobs)
        let animation = Task { await output.animate() }
        var status = ExitStatus.succeeded
        for await event in JobEvent.stream(of: jobs, from: client) {
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
