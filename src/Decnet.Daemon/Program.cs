using Decnet.Daemon.Commands;
using Decnet.Daemon.Hosting;

using var signals = StopSignals.Register();
return await DecnetdCommand.RunAsync(args, DaemonEnvironment.OfProcess(), signals.Token).ConfigureAwait(false);
