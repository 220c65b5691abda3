// Wrong: compares scores as words, so that 9 is more than 10.
#include <bits/stdc++.h>
using namespace std;
struct Entry {
    string name, score;
    int time;
};
int main() {
    int n, k;
    cin >> n >> k;
    vector<Entry> entries(n);
    for (auto &e : entries) cin >> e.name >> e.score >> e.time;
    stable_sort(entries.begin(), entries.end(), [](const Entry &a, const Entry &b) {
        return a.score != b.score ? a.score > b.score : a.time < b.time;
    });
    for (int i = 0; i < k; i++) cout << entries[i].name << "\n";
}
