namespace Decnet.Fleet.Tests.InMemory;

using Decnet.Fleet.InMemory;
using Decnet.Fleet.State;
using Decnet.Testing.Contracts;

public sealed class InMemoryWorkLockTests : WorkLockContract
{
    readonly InMemoryWorkLock work;

    public InMemoryWorkLockTests() => work = new InMemoryWorkLock(Clock);

    protected override IWorkLock Lock => work;
}
