// Right: the table of all pairs of beginnings.
#include <bits/stdc++.h>
using namespace std;
int main() {
    string a, b;
    long long d, r;
    cin >> a >> b >> d >> r;
    vector<vector<long long>> cost(a.size() + 1, vector<long long>(b.size() + 1));
    for (size_t i = 0; i <= a.size(); i++)
        for (size_t j = 0; j <= b.size(); j++) {
            if (i == 0 || j == 0) {
                cost[i][j] = d * (i + j);
                continue;
            }
            cost[i][j] = min(cost[i - 1][j], cost[i][j - 1]) + d;
            cost[i][j] = min(cost[i][j], cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : r));
        }
    cout << cost[a.size()][b.size()] << "\n";
}
