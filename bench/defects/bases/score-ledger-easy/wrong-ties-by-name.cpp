// Wrong: entries that are equal are ordered by name instead of by the ledger.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int n, k;
    cin >> n >> k;
    vector<tuple<int, int, string>> entries(n);
    for (auto &[score, time, name] : entries) cin >> name >> score >> time, score = -score;
    sort(entries.begin(), entries.end());
    for (int i = 0; i < k; i++) cout << get<2>(entries[i]) << "\n";
}
