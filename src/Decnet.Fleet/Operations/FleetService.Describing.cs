namespace Decnet.Fleet.Operations;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;

public sealed partial class FleetService
{
    /// <summary>
    /// As <see cref="BeginDeployAsync(Fleet, DeployOptions, IProgress{DeployProgress}, CancellationToken)"/>, with a fleet that is
    /// made when nobody else works on the present one any more. What a description leaves open, such as addresses, has to be chosen
    /// then: two who choose at the same time may choose the same.
    /// </summary>
    /// <param name="describe">Makes the fleet to deploy of the present one. What it throws, this method throws.</param>
    /// <param name="options">How; null for the defaults, which add to the present fleet.</param>
    /// <param name="progress">Told of each step of each operation, from several threads; null for nobody.</param>
    /// <param name="cancellationToken">Cancels the wait, and later the work.</param>
    /// <returns>The operations, and a task that ends with the work.</returns>
    public Task<FleetWork> BeginDeployAsync(
        Func<DesiredState, CancellationToken, Task<Fleet>> describe,
        DeployOptions? options = null,
        IProgress<DeployProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(describe);
        return BeginAsync("deploying a fleet", DescribeAsync, cancellationToken);

        async Task<FleetWork> DescribeAsync(IAsyncDisposable held, CancellationToken token)
        {
            var present = await ground.File.LoadAsync(token).ConfigureAwait(false);
            var fleet = await describe(present, token).ConfigureAwait(false);
            return await new DeployWork(ground).BeginAsync(fleet, options ?? new DeployOptions(), held, progress, token).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// As <see cref="BeginDeployAsync(Func{DesiredState, CancellationToken, Task{Fleet}}, DeployOptions, IProgress{DeployProgress}, CancellationToken)"/>,
    /// and waits for the end.
    /// </summary>
    /// <param name="describe">Makes the fleet to deploy of the present one. What it throws, this method throws.</param>
    /// <param name="options">How; null for the defaults, which add to the present fleet.</param>
    /// <param name="progress">Told of each step of each operation, from several threads; null for nobody.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>How each operation ended.</returns>
    public async Task<FleetWorkResult> DeployAsync(
        Func<DesiredState, CancellationToken, Task<Fleet>> describe,
        DeployOptions? options = null,
        IProgress<DeployProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        await (await BeginDeployAsync(describe, options, progress, cancellationToken).ConfigureAwait(false)).Completion.ConfigureAwait(false);
}
