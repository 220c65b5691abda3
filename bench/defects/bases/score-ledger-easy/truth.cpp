// Right: a stable sort by score and time.
#include <bits/stdc++.h>
using namespace std;
struct Entry {
    string name;
    int score, time;
};
int main() {
    int n, k;
    cin >> n >> k;
    vector<Entry> entries(n);
    for (auto &e : entries) cin >> e.name >> e.score >> e.time;
    stable_sort(entries.begin(), entries.end(), [](const Entry &a, const Entry &b) {
        if (a.score != b.score) return a.score > b.score;
        return a.time < b.time;
    });
    for (int i = 0; i < k; i++) cout << entries[i].name << "\n";
}
