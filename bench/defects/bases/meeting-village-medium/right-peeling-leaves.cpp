// Right: takes leaves off the tree one after another; the sum is kept in two parts.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int n;
    scanf("%d", &n);
    vector<long long> people(n + 1);
    for (int i = 1; i <= n; i++) scanf("%lld", &people[i]);
    long long all = accumulate(people.begin(), people.end(), 0LL);
    vector<int> degree(n + 1), others(n + 1), lengths(n + 1);
    for (int i = 1; i < n; i++) {
        int u, v, w;
        scanf("%d %d %d", &u, &v, &w);
        degree[u]++, degree[v]++;
        others[u] ^= v, others[v] ^= u;
        lengths[u] ^= w, lengths[v] ^= w;
    }
    const long long base = 1000000000000LL;
    long long low = 0, high = 0;
    for (int start = 1; start <= n; start++) {
        int leaf = start;
        while (degree[leaf] == 1) {
            int next = others[leaf], w = lengths[leaf];
            long long pairs = people[leaf] * (all - people[leaf]);
            high += pairs / base * w;
            low += pairs % base * w;
            high += low / base;
            low %= base;
            people[next] += people[leaf];
            degree[leaf] = 0;
            degree[next]--;
            others[next] ^= leaf;
            lengths[next] ^= w;
            leaf = next;
        }
    }
    if (high) printf("%lld%012lld\n", high, low);
    else printf("%lld\n", low);
}
