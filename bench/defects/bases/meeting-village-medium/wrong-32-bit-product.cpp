// Wrong: the product of the people on both sides of an edge does not fit into 32 bits.
#include <bits/stdc++.h>
using namespace std;
vector<vector<pair<int, int>>> near;
vector<unsigned> people;
unsigned all_people;
unsigned long long total;
int main() {
    int n;
    scanf("%d", &n);
    people.resize(n), near.resize(n);
    for (auto &p : people) scanf("%u", &p), all_people += p;
    vector<int> degree(n);
    for (int i = 1; i < n; i++) {
        int u, v, w;
        scanf("%d %d %d", &u, &v, &w);
        u--, v--;
        near[u].push_back({v, w}), near[v].push_back({u, w});
        degree[u]++, degree[v]++;
    }
    vector<int> leaves;
    vector<char> done(n);
    for (int i = 0; i < n; i++) if (degree[i] == 1) leaves.push_back(i);
    for (size_t i = 0; i < leaves.size(); i++) {
        int u = leaves[i];
        done[u] = 1;
        for (auto [v, w] : near[u]) {
            if (done[v]) continue;
            total += (unsigned long long)(people[u] * (all_people - people[u])) * w;
            people[v] += people[u];
            if (--degree[v] == 1) leaves.push_back(v);
        }
    }
    printf("%llu\n", total);
}
