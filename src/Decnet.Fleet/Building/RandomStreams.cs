namespace Decnet.Fleet.Building;

/// <summary>A random source for each thing that is drawn, so that asking for one thing differently leaves the others as they were.</summary>
internal sealed class RandomStreams
{
    internal RandomStreams(int seed)
    {
        var root = new Random(seed);
        Services = new Random(root.Next());
        Distros = new Random(root.Next());
        Hostnames = new Random(root.Next());
        MacAddresses = new Random(root.Next());
    }

    internal Random Services { get; }

    internal Random Distros { get; }

    internal Random Hostnames { get; }

    internal Random MacAddresses { get; }
}
