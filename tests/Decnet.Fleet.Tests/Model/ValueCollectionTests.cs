namespace Decnet.Fleet.Tests.Model;

using Decnet.Fleet.Model;
using Xunit;

public sealed class ValueCollectionTests
{
    [Fact]
    public void Lists_are_equal_by_their_elements_in_order()
    {
        ValueList<string> one = ["a", "b"];
        ValueList<string> same = [.. new List<string> { "a", "b" }];

        Assert.True(one.Equals(same));
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
        Assert.False(one.Equals((ValueList<string>)["b", "a"]));
        Assert.False(one.Equals((ValueList<string>)["a"]));
        Assert.False(one.Equals(null));
        Assert.True(((ValueList<string>)[]).Equals(ValueList<string>.Empty));
    }

    [Fact]
    public void A_list_is_a_copy_of_what_it_was_made_from()
    {
        string[] source = ["a", "b"];
        var list = ValueList.Create<string>(source);

        source[0] = "changed";

        Assert.Equal("a", list[0]);
        Assert.Equal(2, list.Count);
        Assert.Equal("a, b", list.ToString());
        var seen = new List<string>();
        foreach (var item in list)
        {
            seen.Add(item);
        }

        Assert.Equal(list.AsEnumerable(), seen);
        Assert.Equal(seen, list.AsSpan().ToArray());
    }

    [Fact]
    public void Maps_are_equal_by_their_entries_in_any_order()
    {
        var one = Map(("a", "1"), ("b", "2"));
        var same = Map(("b", "2"), ("a", "1"));

        Assert.True(one.Equals(same));
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
        Assert.False(one.Equals(Map(("a", "1"), ("b", "3"))));
        Assert.False(one.Equals(Map(("a", "1"), ("c", "2"))));
        Assert.False(one.Equals(Map(("a", "1"))));
        Assert.False(one.Equals(Map(("a", "1"), ("B", "2"))));
        Assert.False(one.Equals(null));
    }

    [Fact]
    public void A_map_keeps_the_order_of_its_entries_and_the_last_of_equal_keys()
    {
        var map = Map(("b", "1"), ("a", "2"), ("b", "3"));

        Assert.Equal(["b", "a"], map.Keys);
        Assert.Equal(["3", "2"], map.Values);
        Assert.Equal("3", map["b"]);
        Assert.False(map.ContainsKey("c"));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(5_000)]
    public void Maps_of_every_size_find_their_entries(int count)
    {
        var entries = Enumerable.Range(0, count).Select(i => KeyValuePair.Create($"k{count - i}", i)).ToArray();
        var map = new ValueMap<int>(entries.Append(new("k1", -1)));

        Assert.Equal(count, map.Count);
        Assert.Equal(entries.Select(entry => entry.Key), map.Keys);
        Assert.All(entries.SkipLast(1), entry => Assert.Equal(entry.Value, map[entry.Key]));
        Assert.Equal(-1, map["k1"]);
        Assert.False(map.ContainsKey("K1"));
        Assert.Contains("'k0'", Assert.Throws<KeyNotFoundException>(() => map["k0"]).Message, StringComparison.Ordinal);
        Assert.True(map.Equals(new ValueMap<int>(map.Reverse())));
    }

    [Fact]
    public void A_map_has_no_null_keys()
    {
        Assert.Throws<ArgumentNullException>(() => new ValueMap<int>(null!));
        Assert.Throws<ArgumentNullException>(() => new ValueMap<int>([new(null!, 1)]));
        Assert.Throws<ArgumentNullException>(() => ValueMap<int>.Empty.ContainsKey(null!));
    }

    [Fact]
    public void Setting_an_entry_makes_a_new_map()
    {
        var map = Map(("a", "1"));

        var other = map.With("a", "2").With("b", "3");

        Assert.Equal("1", map["a"]);
        Assert.True(other.Equals(Map(("a", "2"), ("b", "3"))));
    }

    [Fact]
    public void Records_with_lists_and_maps_compare_by_value()
    {
        var one = FleetSamples.Decky("web-01");

        Assert.Equal(one, FleetSamples.Decky("web-01"));
        Assert.Equal(one.GetHashCode(), FleetSamples.Decky("web-01").GetHashCode());
        Assert.NotEqual(one, one with { Services = ["http", "ssh"] });
    }

    static ValueMap<string> Map(params (string Key, string Value)[] entries) =>
        new(entries.Select(entry => new KeyValuePair<string, string>(entry.Key, entry.Value)));
}
