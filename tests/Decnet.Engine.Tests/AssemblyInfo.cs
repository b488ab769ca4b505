using Decnet.Engine.Tests.Support;
using Xunit;

// One engine for all tests of this assembly, one test at a time: they count requests and look at whole lists of containers.
[assembly: AssemblyFixture(typeof(TestEngine))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]
