import ArgumentParser
import FetchCore
import Foundation
import PlatformTransport

/// Waits for jobs that were submitted elsewhere; without any, for four jobs of a simulated ModelsLab.
@main
enum Quickstart {
    static func main() async {
        do {
            let arguments = try Arguments.parse()
            let status = arguments.jobs.isEmpty ? try await simulate(arguments) : try await ask(arguments)
            exit(status.rawValue)
        } catch {
            exit(explain(error).rawValue)
        }
    }

    /// Asks the real servers, or the one at `--base-url`.
    private static func ask(_ arguments: Arguments) async throws -> ExitStatus {
        let registry = try arguments.registry()
        let client = try FetchClient(
            registry: registry,
            transport: PlatformTransport.shared(),
            credentials: .environment,
            policy: arguments.policy,
            origins: arguments.origins(for: registry.providers)
        )
        return await follow(try arguments.references(in: registry), with: client, showing: arguments.format)
    }

    /// Asks a server of this process, so that there is something to see without an account.
    private static func simulate(_ arguments: Arguments) async throws -> ExitStatus {
        let simulation = try Simulation()
        defer { simulation.stop() }
        let client = try FetchClient(
            registry: .modelsLab(),
            transport: PlatformTransport.shared(),
            credentials: simulation.credentials,
            policy: arguments.policy,
            origins: simulation.origins
        )
        let isForPeople = arguments.format != .json
        if isForPeople { Console.print(simulation.introduction) }
        let status = await follow(simulation.jobs, with: client, showing: arguments.format)
        if isForPeople { Console.print(simulation.farewell) }
        return status
    }

    /// Shows what happens to the jobs until all of them have ended.
    private static func follow(
        _ jobs: [JobReference],
        with client: FetchClient,
        showing format: Arguments.Format
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

    /// Says why nothing was asked, or prints the help that was asked for.
    private static func explain(_ error: any Error) -> ExitStatus {
        if let error = error as? UnusableManifest {
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
